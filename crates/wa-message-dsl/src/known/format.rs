//! Texts that `format!` and `concat!` make.

use std::{iter::Peekable, str::Chars};

use proc_macro2::TokenStream;
use syn::{
    Expr, ExprLit, ExprMacro, Lit, LitStr, Token,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::{diagnostic::Spot, tree::Content};

/// What a call of `format!` makes at least: its fixed parts, and the widths that it asks for.
pub(super) fn formatted(arguments: &TokenStream) -> Option<(Content, Spot)> {
    let parse = |input: ParseStream<'_>| {
        let template: LitStr = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(template)
    };
    let template = parse.parse2(arguments.clone()).ok()?;
    let Fixed { text, is_all } = fixed(&template.value())?;
    let content = if is_all { Content::Text(text) } else { Content::AtLeast(text) };
    Some((content, Spot::of(template.span())))
}

/// The text of a call of `concat!` of literals, and of other calls of it.
pub(crate) fn joined(arguments: &TokenStream) -> Option<(Content, Spot)> {
    let parts = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(arguments.clone()).ok()?;
    let text = parts.iter().map(part).collect::<Option<String>>()?;
    Some((Content::Text(text), Spot::over(arguments)))
}

/// What `concat!` makes of one argument. `None` where only the compiler knows.
fn part(argument: &Expr) -> Option<String> {
    let lit = match argument {
        Expr::Group(inner) => return part(&inner.expr),
        Expr::Macro(ExprMacro { mac, .. }) if mac.path.is_ident("concat") => {
            return match joined(&mac.tokens)? {
                (Content::Text(text), _) => Some(text),
                _ => None,
            };
        }
        Expr::Lit(ExprLit { lit, .. }) => lit,
        _ => return None,
    };
    match lit {
        Lit::Str(part) => Some(part.value()),
        Lit::Char(part) => Some(part.value().to_string()),
        Lit::Bool(part) => Some(part.value.to_string()),
        Lit::Int(part) if part.suffix().is_empty() => Some(part.base10_digits().to_owned()),
        _ => None,
    }
}

/// The fixed parts of a template, with as many blanks in the place of a value as it is wide at least.
#[derive(Debug, PartialEq)]
struct Fixed {
    text: String,
    /// Whether nothing is filled in.
    is_all: bool,
}

/// `None` when the template is not well-formed, which the compiler reports better.
fn fixed(template: &str) -> Option<Fixed> {
    let mut fixed = Fixed { text: String::new(), is_all: true };
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' if letters.next_if_eq(&'{').is_some() => fixed.text.push('{'),
            '{' => {
                fixed.is_all = false;
                let width = width(&mut letters)?;
                fixed.text.extend(std::iter::repeat_n(' ', width));
            }
            '}' => {
                letters.next_if_eq(&'}')?;
                fixed.text.push('}');
            }
            other => fixed.text.push(other),
        }
    }
    Some(fixed)
}

/// No text of a message is as long, and a larger width is none that anybody means.
const WIDTH_AT_MOST: usize = 100_000;

/// The width of a value, of which the opening brace is read.
fn width(letters: &mut Peekable<Chars<'_>>) -> Option<usize> {
    loop {
        match letters.next()? {
            '}' => return Some(0),
            ':' => break,
            '{' => return None,
            _ => {}
        }
    }
    let rest: Vec<char> = letters.clone().collect();
    let mut at = 0;
    let is_align = |at: usize| matches!(rest.get(at), Some('<' | '^' | '>'));
    if is_align(1) {
        at = 2;
    } else if is_align(0) {
        at = 1;
    }
    while matches!(rest.get(at), Some('+' | '-' | '#' | '0')) {
        // `0$` is the width that an argument gives.
        if rest.get(at + 1) == Some(&'$') {
            break;
        }
        at += 1;
    }
    let digits: String = rest[at..].iter().take_while(|letter| letter.is_ascii_digit()).collect();
    let is_argument = rest.get(at + digits.len()) == Some(&'$');
    let end = at + rest[at..].iter().position(|letter| *letter == '}')?;
    for _ in 0..=end {
        letters.next();
    }
    if is_argument || digits.is_empty() {
        return Some(0);
    }
    Some(digits.parse().map_or(WIDTH_AT_MOST, |width: usize| width.min(WIDTH_AT_MOST)))
}

#[cfg(test)]
mod tests {
    use super::{Fixed, fixed};

    fn at_least(template: &str) -> Option<usize> {
        fixed(template).map(|Fixed { text, .. }| text.chars().count())
    }

    #[test]
    fn fixed_parts_are_counted() {
        let table = [
            ("", 0),
            ("Hello", 5),
            ("Hello {name}", 6),
            ("{}{}{0}{name:?}", 0),
            ("{{}}", 2),
            ("{{{name}}}", 2),
            ("{:5}", 5),
            ("{0:>5}!", 6),
            ("{name:*^12.3}", 12),
            ("{:}>4}", 4),
            ("{:<}", 0),
            ("{:05}", 5),
            ("{:+08.2}", 8),
            ("{:#010x}", 10),
            ("{:width$}", 0),
            ("{:1$}", 0),
            ("{:0$}", 0),
            ("{:.5}", 0),
            ("{:.*}", 0),
            ("{:>1$.2$}", 0),
            ("é{}ü", 2),
        ];
        for (template, expected) in table {
            assert_eq!(at_least(template), Some(expected), "{template}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_left_to_the_compiler() {
        for template in ["{", "}", "{name", "a } b", "{a{b}}", "{:>"] {
            assert_eq!(fixed(template), None, "{template}");
        }
    }

    #[test]
    fn a_text_without_values_is_known_all_through() {
        assert_eq!(fixed("{{a}}"), Some(Fixed { text: "{a}".to_owned(), is_all: true }));
        assert_eq!(fixed("{}"), Some(Fixed { text: String::new(), is_all: false }));
    }
}
