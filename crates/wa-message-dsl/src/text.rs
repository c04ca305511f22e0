//! Invocations in a text, for programs that read files or what somebody types.

use std::{error, fmt};

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree, token_stream};

use crate::{Analysis, analyse, depth};

/// The name of the macro.
const MACRO: &str = "wa_message";

/// How many brackets may stand inside of each other. A message has a tenth of that, and a reader that goes down into
/// each of them has no room for thousands.
const DEPTH_AT_MOST: usize = 128;
/// How many tokens of one expression there may be, with those around it. Each may be one more level: `!!a`, `1 + 1 + 1`.
const EXPRESSION_AT_MOST: usize = 256;

/// Why no invocation is read in a text.
#[derive(Debug)]
#[non_exhaustive]
pub enum TextError {
    /// The text is not Rust.
    NotRust(LexError),
    /// Too many brackets stand inside of each other.
    TooDeep,
    /// An expression has too many tokens.
    TooLong,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust(_) => f.write_str("it is not Rust"),
            Self::TooDeep => {
                write!(f, "more than {DEPTH_AT_MOST} brackets stand inside of each other")
            }
            Self::TooLong => write!(f, "an expression has more than {EXPRESSION_AT_MOST} tokens"),
        }
    }
}

impl error::Error for TextError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotRust(error) => Some(error),
            _ => None,
        }
    }
}

/// Understands each invocation of `wa_message!` in a text of Rust. Where there is none, the text is taken for what
/// stands in the brackets of one.
///
/// # Errors
///
/// If the text is not Rust, or so deep or long that reading it would take all of the stack.
pub fn analyse_text(text: &str) -> Result<Vec<Analysis>, TextError> {
    let tokens: TokenStream = text.parse().map_err(TextError::NotRust)?;
    if depth::deeper(&tokens, DEPTH_AT_MOST).is_some() {
        return Err(TextError::TooDeep);
    }
    let mut invocations = Vec::new();
    collect(tokens.clone(), &mut invocations);
    if invocations.is_empty() {
        invocations.push(tokens);
    }
    if invocations.iter().any(is_too_long) {
        return Err(TextError::TooLong);
    }
    let analysed = |invocation| {
        // The macro is handed the path of its crate first.
        let krate = TokenTree::Group(Group::new(Delimiter::Bracket, TokenStream::new()));
        analyse(std::iter::once(krate).chain(invocation).collect())
    };
    Ok(invocations.into_iter().map(analysed).collect())
}

/// Whether an expression is too long, with those around it.
fn is_too_long(tokens: &TokenStream) -> bool {
    // The open brackets, each with how many tokens there were since the last comma or semicolon.
    let mut open: Vec<(token_stream::IntoIter, usize)> = vec![(tokens.clone().into_iter(), 0)];
    while let Some((rest, since)) = open.last_mut() {
        match rest.next() {
            Some(TokenTree::Punct(mark)) if matches!(mark.as_char(), ',' | ';') => *since = 0,
            Some(token) => {
                *since += 1;
                if let TokenTree::Group(group) = token {
                    open.push((group.stream().into_iter(), 0));
                }
                if open.iter().map(|(_, since)| since).sum::<usize>() > EXPRESSION_AT_MOST {
                    return true;
                }
            }
            None => drop(open.pop()),
        }
    }
    false
}

/// What stands in the brackets of each invocation.
fn collect(tokens: TokenStream, found: &mut Vec<TokenStream>) {
    // How much of `wa_message !` stands before a token.
    let mut seen = 0;
    for token in tokens {
        seen = match token {
            TokenTree::Ident(name) if name == MACRO => 1,
            TokenTree::Punct(mark) if mark.as_char() == '!' && seen == 1 => 2,
            TokenTree::Group(group) => {
                if seen == 2 {
                    found.push(group.stream());
                } else {
                    collect(group.stream(), found);
                }
                0
            }
            _ => 0,
        };
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{DEPTH_AT_MOST, analyse_text};

    fn bodies(text: &str) -> Vec<String> {
        let all = analyse_text(text).unwrap();
        all.iter().map(|one| one.to_json().unwrap_or_default()).collect()
    }

    #[test]
    fn invocations_are_found_wherever_they_stand() {
        let inside = "<text> to: \"+15550100\", body: \"Hello\"";
        let alone = bodies(inside);
        assert!(alone[0].contains("\"body\": \"Hello\""), "{alone:?}");
        for text in [
            format!("wa_message! {{ {inside} }}"),
            format!("wa_message::wa_message!({inside})"),
            format!("fn main() {{ client.send(&wa_message! [ {inside} ]?).await; }}"),
        ] {
            assert_eq!(bodies(&text), alone, "{text}");
        }
        let two =
            format!("let a = wa_message! {{ {inside} }}; let b = wa_message! {{ {inside} }};");
        assert_eq!(bodies(&two).len(), 2);
        assert_eq!(bodies("wa_message! {}"), [""]);
        assert_eq!(bodies("let wa_message = 1;"), [""]);
        assert!(analyse_text("{ \"").is_err());
    }

    #[test]
    fn brackets_stand_inside_of_each_other_up_to_a_depth() {
        let nested =
            |depth: usize| format!("<text> to: {}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(analyse_text(&nested(DEPTH_AT_MOST)).is_ok());
        for depth in [DEPTH_AT_MOST + 1, 100_000] {
            let error = analyse_text(&nested(depth)).unwrap_err();
            assert_eq!(error.to_string(), "more than 128 brackets stand inside of each other");
        }
        let wide = "[1], ".repeat(10_000);
        assert!(analyse_text(&wide).is_ok());
    }

    #[test]
    fn expressions_have_an_end() {
        let one = |part: &str, times: usize, end: &str| {
            let value = format!("{}{end}", part.repeat(times));
            (format!("<text> to: \"+15550100\", body: {value}"), part.to_owned())
        };
        for (text, part) in [
            one("1 + ", 120, "1"),
            one("!", 240, "a"),
            one("&", 240, "a"),
            one("a = ", 120, "b"),
            one("|a| ", 80, "b"),
            one("a.b", 80, ""),
            one("if a {} else ", 60, "{}"),
            one("match ", 240, "a {}"),
            one("return ", 240, "a"),
            one("<", 240, "a"),
        ] {
            assert!(analyse_text(&text).is_ok(), "{part}");
        }
        for part in ["1 + ", "!", "&", "a = ", "|a| ", "if a {} else ", "<", "match "] {
            let error = analyse_text(&one(part, 100_000, "1").0).unwrap_err();
            assert_eq!(error.to_string(), "an expression has more than 256 tokens", "{part}");
        }
        let mixed = format!("<text> body: {}1{}", "!!!!!!!!![".repeat(120), "]".repeat(120));
        assert!(analyse_text(&mixed).is_err());
        let long = format!("fn a() {{}} {}", "fn b() { wa_message! {} } ".repeat(2000));
        assert_eq!(analyse_text(&long).unwrap().len(), 2000);
    }
}
