//! Recognizes habits from JSON, from HTML and from the middle of Rust, and says what to write in their
//! place.

use proc_macro2::{Delimiter, Group, Ident, Punct, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Block, Expr, LitStr, Stmt, Token,
    buffer::Cursor,
    parse::{ParseStream, Parser},
    token,
};

use super::{
    Reader, flow,
    tokens::{ends_value, is_colon, is_punct, skip_to_comma, take},
};
use crate::{
    diagnostic::{Diagnostic, Spot},
    tree::{Content, Member},
};
use wa_message_spec::tables::KINDS;

/// How long a piece of the user's source may be that a help repeats.
const SHOWN_AT_MOST: usize = 60;

impl Reader<'_> {
    /// Takes and reports attributes, among which are the comments that make documentation.
    pub(super) fn attributes(&mut self, input: ParseStream<'_>, what: &str) {
        let mut comment_told = false;
        while input.peek(Token![#]) && input.peek2(token::Bracket) {
            let tokens = take(input, 2);
            let spot = Spot::over(&tokens);
            if !is_comment(&tokens) {
                self.error(spot, format!("{what} takes no attribute"));
            } else if !comment_told {
                comment_told = true;
                let message = "a comment that makes documentation belongs to nothing here";
                let comment = Diagnostic::new(spot, message);
                self.diagnostics.push(comment.with_help("write `//` in place of `///`"));
            }
        }
    }

    /// Reports what has no name in the place of a field, and passes over it. `before` is the field before it.
    pub(super) fn no_name(&mut self, input: ParseStream<'_>, before: Option<&Member>) {
        let is_spread = input.peek(Token![..]);
        let spot = Spot::of(input.span());
        let (message, help) = if is_spread {
            ("`..` makes items of an array, and this is an object", self.instead_of_spread(input))
        } else if input.peek(token::Brace)
            && let Some(Member { name, value }) = before
            && matches!(value.content, Content::Object(_))
        {
            let help = format!("several objects stand in an array: `{name}: [{{ .. }}, {{ .. }}]`");
            ("expected the name of a field", Some(help))
        } else if input.peek(token::Brace) {
            let help = "leave the inner ones out".to_owned();
            ("an object stands in one pair of braces", Some(help))
        } else if input.cursor().literal().is_some() {
            let help = "values without names stand in an array: `[..]`".to_owned();
            ("expected the name of a field", Some(help))
        } else {
            ("expected the name of a field", None)
        };
        self.has_lost_fields = true;
        self.diagnostics.push(Diagnostic { help, ..Diagnostic::new(spot, message) });
        skip_to_comma(input);
    }

    /// What to write in the place of the fields of another message.
    fn instead_of_spread(&self, input: ParseStream<'_>) -> Option<String> {
        if self.depth > 0 {
            return None;
        }
        let is_dot =
            |token: &TokenTree| matches!(token, TokenTree::Punct(dot) if dot.as_char() == '.');
        let base: TokenStream = skip_to_comma(input).into_iter().skip_while(is_dot).collect();
        // What calls something, such as `Default::default()`, may be anything.
        let is_call = base.clone().into_iter().any(|token| matches!(token, TokenTree::Group(_)));
        let base = if base.is_empty() || is_call { "message".to_owned() } else { shown(&base) };
        Some(format!("the same message to somebody else is `{base}.with_to(..)`"))
    }

    /// Reports a value in the place of a field, of which the beginning is taken, and passes over it.
    pub(super) fn value_alone(&mut self, input: ParseStream<'_>, begin: Spot) {
        let rest = skip_to_comma(input);
        let end = if rest.is_empty() { begin.end } else { Spot::over(&rest).end };
        let message = "expected the name of a field and `:` before this value";
        self.error(Spot { end, ..begin }, message);
        self.has_lost_fields = true;
    }

    /// Takes and reports a comma behind a kind.
    pub(super) fn comma_behind(&mut self, input: ParseStream<'_>, kind: &str) {
        let spot = Spot::of(input.span());
        if input.parse::<Token![,]>().is_ok() {
            let message = format!("no comma stands behind the kind: `<{kind}> to: ..`");
            self.error(spot, message);
        }
    }

    /// Takes and reports `=` or `=>` in the place of `:`.
    pub(super) fn equals_sign(&mut self, input: ParseStream<'_>, name: &str) -> bool {
        let spot = Spot::of(input.span());
        let is_written = input.parse::<Token![=>]>().is_ok() || input.parse::<Token![=]>().is_ok();
        if is_written {
            self.error(spot, format!("a value stands behind `:`, as in `{name}: ..`"));
        }
        is_written
    }
}

fn is_comment(attribute: &TokenStream) -> bool {
    let group = attribute.clone().into_iter().nth(1);
    let Some(TokenTree::Group(group)) = group else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

/// Takes `</kind>` from the end of an invocation.
pub(super) fn closing_tag(tokens: &mut Vec<TokenTree>) -> Option<Diagnostic> {
    let start = tokens.len().checked_sub(4)?;
    let [
        TokenTree::Punct(open),
        TokenTree::Punct(slash),
        TokenTree::Ident(kind),
        TokenTree::Punct(close),
    ] = &tokens[start..]
    else {
        return None;
    };
    if (open.as_char(), slash.as_char(), close.as_char()) != ('<', '/', '>') {
        return None;
    }
    let spot = Spot { start: open.span(), end: close.span() };
    let message = format!("a message ends with its braces, and takes no `</{kind}>`");
    tokens.truncate(start);
    Some(Diagnostic::new(spot, message).with_help("leave it out"))
}

/// Whether a text in quotes is the value of a field, and not its name.
pub(super) fn is_value(text: &str, rest: Cursor<'_>) -> bool {
    let is_name =
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    ends_value(rest) && (!is_name || text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// Whether an expression of Rust goes on behind its first name or text: `name.len()`, `"a".repeat(2)`.
pub(super) fn goes_on(rest: Cursor<'_>) -> bool {
    let goes_on = |(punct, behind): (Punct, Cursor<'_>)| match punct.as_char() {
        '.' | '?' | '+' => true,
        ':' => is_punct(behind, ':'),
        // A macro, and not the opposite of something, before which a colon is missing.
        '!' => behind.any_group().is_some(),
        _ => false,
    };
    rest.group(Delimiter::Parenthesis).is_some() || rest.punct().is_some_and(goes_on)
}

/// The error of a constant without braces.
pub(super) fn bare_const(input: ParseStream<'_>) -> Option<Diagnostic> {
    let (keyword, rest) = input.cursor().ident()?;
    if keyword != "const" || rest.group(Delimiter::Brace).is_some() || is_closure(rest) {
        return None;
    }
    let tokens = skip_to_comma(input);
    let value: TokenStream = tokens.clone().into_iter().skip(1).collect();
    let value = if value.is_empty() { "..".to_owned() } else { shown(&value) };
    let diagnostic =
        Diagnostic::new(Spot::over(&tokens), "a constant stands in braces behind `const`");
    Some(diagnostic.with_help(format!("write `const {{ {value} }}`")))
}

/// Whether a closure begins behind `const`.
fn is_closure(rest: Cursor<'_>) -> bool {
    let is_keyword = |name: Ident| ["move", "async", "static"].iter().any(|word| name == word);
    is_punct(rest, '|') || rest.ident().is_some_and(|(name, _)| is_keyword(name))
}

/// The error of a phone number without quotes.
pub(super) fn bare_number(input: ParseStream<'_>) -> Option<Diagnostic> {
    let (plus, rest) = input.cursor().punct()?;
    let (number, _) = rest.literal().filter(|_| plus.as_char() == '+')?;
    let spot = Spot { start: plus.span(), end: number.span() };
    let diagnostic = Diagnostic::new(spot, "a number with `+` is a text, and stands in quotes");
    Some(diagnostic.with_help(format!("write `\"+{number}\"`")))
}

/// What to write in the place of something that is no message.
pub(super) fn message(input: ParseStream<'_>) -> Option<String> {
    if let Ok(text) = input.fork().parse::<LitStr>()
        && text.value().trim_start().starts_with('{')
    {
        let help = "write the JSON without the quotes; a text that the program reads becomes a message by `.parse::<Message>()`";
        return Some(help.to_owned());
    }
    if names_field(input.cursor()) && input.cursor().literal().is_some() {
        return Some("write JSON with its braces: `wa_message!({ .. })`".to_owned());
    }
    if input.cursor().ident().is_some_and(|(_, rest)| rest.eof()) {
        let help = "a message is written out; a JSON text that the program reads becomes one by `.parse::<Message>()`";
        return Some(help.to_owned());
    }
    let name = input.cursor().ident().map(|(name, _)| name.to_string().to_lowercase());
    if let Some(kind) = KINDS.iter().find(|kind| Some(kind.name) == name.as_deref()) {
        return Some(format!("write `<{}>`, and the fields behind it", kind.name));
    }
    if let Ok(Expr::Macro(json)) = input.fork().parse::<Expr>()
        && json.mac.path.segments.last().is_some_and(|last| last.ident == "json")
    {
        return Some("write the JSON itself: `wa_message!({ .. })`".to_owned());
    }
    None
}

/// Whether a field ends behind its name: there, or where a comma is missing before the next one.
pub(super) fn ends_shorthand(rest: Cursor<'_>) -> bool {
    let is_next = |(_, behind): (Ident, Cursor<'_>)| is_colon(behind) || ends_value(behind);
    ends_value(rest) || rest.ident().is_some_and(is_next)
}

/// The error of a keyword in the place of a field without a value.
pub(super) fn keyword(ident: &Ident, text: &str) -> Option<Diagnostic> {
    if text.starts_with("r#") || syn::parse2::<Ident>(ident.to_token_stream()).is_ok() {
        return None;
    }
    let message = format!("`{text}` is a keyword of Rust, and no variable has that name");
    let help = match text {
        // These have no raw form.
        name @ ("crate" | "self" | "super" | "Self" | "_" | "true" | "false") => {
            format!("write a value behind it: `{name}: ..`")
        }
        name => format!("write `{name}: r#{name}`, or any other value behind `{name}:`"),
    };
    Some(Diagnostic::new(Spot::of(ident.span()), message).with_help(help))
}

/// The error of a block of Rust in the braces that come next, if they hold one.
pub(super) fn block(input: ParseStream<'_>) -> Option<Diagnostic> {
    let (inside, span, _) = input.cursor().group(Delimiter::Brace)?;
    if begins_object(inside) {
        return None;
    }
    let block: Block = input.fork().parse().ok()?;
    let spot = Spot::of(span.join());
    Some(match block.stmts.as_slice() {
        [Stmt::Expr(..) | Stmt::Macro(..)] => {
            let message = "braces make an object here, and this is an expression of Rust";
            let source = span.join().source_text().filter(|text| is_short(text));
            let inside =
                source.as_deref().and_then(|text| text.strip_prefix('{')?.strip_suffix('}'));
            let shown = inside.map_or("..", str::trim);
            let help = format!("write it in parentheses: `({shown})`");
            Diagnostic::new(spot, message).with_help(help)
        }
        _ => Diagnostic::new(spot, "a block of Rust stands in parentheses here: `({ .. })`"),
    })
}

/// Whether braces hold fields, and not statements of Rust.
fn begins_object(inside: Cursor<'_>) -> bool {
    if inside.eof() || is_punct(inside, '.') || is_punct(inside, '#') {
        return true;
    }
    if let Some((literal, rest)) = inside.literal() {
        let is_name = literal.to_string().starts_with('"');
        return is_name && !rest.eof() && (ends_value(rest) || is_colon(rest));
    }
    let Some((first, mut rest)) = inside.ident() else { return false };
    if is_colon(rest) || ends_value(rest) || first == "for" {
        return true;
    }
    // A path of the document, or a name in the style of CSS.
    while is_punct(rest, '.') || is_punct(rest, '-') {
        let Some((_, behind)) = rest.punct() else { return false };
        let Some((_, behind)) = behind.ident() else { return false };
        if is_colon(behind) {
            return true;
        }
        rest = behind;
    }
    // `id = ".."` is a field in other languages.
    is_punct(rest, '=') && first != "let"
}

/// The error of `vec![..]` of objects, which `vec!` knows nothing of.
pub(super) fn vec_of_objects(input: ParseStream<'_>) -> Option<Diagnostic> {
    let (name, rest) = input.cursor().ident()?;
    let (mark, rest) = rest.punct()?;
    if name != "vec" || mark.as_char() != '!' {
        return None;
    }
    let (inside, _, _, rest) = rest.any_group()?;
    let (object, ..) = inside.group(Delimiter::Brace)?;
    if !ends_value(rest) || !names_field(object) {
        return None;
    }
    let spot = Spot { start: name.span(), end: mark.span() };
    let message = "an array is written in brackets alone, without `vec!`";
    Some(Diagnostic::new(spot, message).with_help("write `[..]` in place of `vec![..]`"))
}

/// Whether a name and a colon come next.
pub(super) fn names_field(inside: Cursor<'_>) -> bool {
    let ident = inside.ident().map(|(_, rest)| rest);
    let behind = ident.or_else(|| inside.literal().map(|(_, rest)| rest));
    behind.is_some_and(is_colon)
}

/// The error of an object in the middle of an expression, where nothing but Rust can stand.
pub(super) fn object_inside(tokens: &TokenStream) -> Option<Diagnostic> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if let Some(wrapped) = wrapped_object(&tokens) {
        return Some(wrapped);
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if group.delimiter() == Delimiter::Brace && holds_fields(group) {
            // A struct of Rust.
            if matches!(at.checked_sub(1).map(|at| &tokens[at]), Some(TokenTree::Ident(name))
                if name.to_string().starts_with(char::is_uppercase))
            {
                continue;
            }
            let spot = Spot::of(group.span());
            let message = "an object of a message cannot stand inside of an expression";
            let help = match closure(&tokens[..at]) {
                Some(pattern) if !pattern.is_empty() => {
                    format!("write `for` in place of the closure: `[for {pattern} in .. {{ .. }}]`")
                }
                _ => {
                    let written = flow::in_an_array(&tokens[..at]);
                    let written = written.unwrap_or_else(|| "[if .. { .. }]".to_owned());
                    format!("in an array, items may stand behind `if` and `for`: `{written}`")
                }
            };
            return Some(Diagnostic::new(spot, message).with_help(help));
        }
        if let Some(found) = object_inside(&group.stream()) {
            return Some(found);
        }
    }
    None
}

/// The error of an object in parentheses, or in `Some(..)`.
fn wrapped_object(tokens: &[TokenTree]) -> Option<Diagnostic> {
    let (around, group) = match tokens {
        [TokenTree::Group(group)] => ("the parentheses", group),
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "Some" => {
            ("`Some(..)`", group)
        }
        _ => return None,
    };
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    let [TokenTree::Group(object)] = inside.as_slice() else { return None };
    let is_object = group.delimiter() == Delimiter::Parenthesis
        && object.delimiter() == Delimiter::Brace
        && holds_fields(object);
    is_object.then(|| {
        let message = "an object of a message cannot stand inside of an expression";
        Diagnostic::new(Spot::of(object.span()), message).with_help(format!("leave {around} out"))
    })
}

fn holds_fields(group: &Group) -> bool {
    let parser = |input: ParseStream<'_>| {
        let names = names_field(input.cursor());
        input.parse::<TokenStream>()?;
        Ok(names)
    };
    parser.parse2(group.stream()).unwrap_or_default()
}

/// What stands between the bars of a closure at the end.
fn closure(tokens: &[TokenTree]) -> Option<String> {
    let is_bar = |token: &TokenTree| matches!(token, TokenTree::Punct(bar) if bar.as_char() == '|');
    let (last, before) = tokens.split_last()?;
    let open = before.iter().rposition(is_bar).filter(|_| is_bar(last))?;
    Some(shown(&before[open + 1..].iter().cloned().collect()))
}

/// A piece of the user's source as it was written, if it is short.
pub(super) fn shown(tokens: &TokenStream) -> String {
    let spot = Spot::over(tokens);
    let joined = spot.start.join(spot.end).and_then(|span| span.source_text());
    let text = joined.unwrap_or_else(|| tokens.to_string());
    if is_short(&text) { text } else { "..".to_owned() }
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= SHOWN_AT_MOST && !text.contains('\n')
}
