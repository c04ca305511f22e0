//! Tokens that are looked at, taken and passed over.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use syn::{Token, buffer::Cursor, parse::ParseStream};

use crate::diagnostic::Spot;

/// Whether nothing is given: `null`, or `None`.
pub(super) fn is_null(input: ParseStream<'_>) -> bool {
    let name = input.cursor().ident();
    name.is_some_and(|(name, rest)| (name == "null" || name == "None") && ends_value(rest))
}

/// Whether a value ends with the array that comes next: `[1, 2]`, and not `[1, 2].concat()`.
pub(super) fn ends_behind_array(input: ParseStream<'_>) -> bool {
    let array = input.cursor().group(Delimiter::Bracket);
    array.is_some_and(|(_, _, rest)| ends_value(rest))
}

pub(super) fn ends_value(rest: Cursor<'_>) -> bool {
    rest.eof() || is_punct(rest, ',')
}

pub(super) fn is_punct(rest: Cursor<'_>, wanted: char) -> bool {
    rest.punct().is_some_and(|(punct, _)| punct.as_char() == wanted)
}

/// Whether `:` comes next, and not `::`.
pub(super) fn is_colon(rest: Cursor<'_>) -> bool {
    rest.punct().is_some_and(|(punct, rest)| punct.as_char() == ':' && !is_punct(rest, ':'))
}

/// Takes a name, keywords included, and its text. Names are compared as texts, because each comparison
/// with an `Ident` asks the compiler for its text anew.
pub(super) fn next_ident(input: ParseStream<'_>) -> Option<(Ident, String)> {
    let (ident, _) = input.cursor().ident()?;
    input.step(|cursor| cursor.ident().ok_or_else(|| cursor.error("expected a name"))).ok()?;
    let text = ident.to_string();
    Some((ident, text))
}

/// The value of a text literal in which nothing is escaped, which are most: they need no parser.
pub(super) fn plain_text(token: &Literal) -> Option<String> {
    let mut text = token.to_string();
    let is_plain = text.len() >= 2
        && text.starts_with('"')
        && text.ends_with('"')
        && !text.as_bytes().contains(&b'\\')
        && !text.as_bytes().contains(&b'\r');
    is_plain.then(|| {
        text.pop();
        text.remove(0);
        text
    })
}

pub(super) fn skip_literal(input: ParseStream<'_>) {
    // Nothing is lost if none comes next.
    let _ = input.step(|cursor| cursor.literal().ok_or_else(|| cursor.error("expected a literal")));
}

pub(super) fn take(input: ParseStream<'_>, count: usize) -> TokenStream {
    (0..count).filter_map(|_| input.parse::<TokenTree>().ok()).collect()
}

/// Passes over the tokens up to the next comma, and returns them.
pub(super) fn skip_to_comma(input: ParseStream<'_>) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        skipped.extend(take(input, 1));
    }
    skipped
}

pub(super) fn skip_all(input: ParseStream<'_>) {
    while !input.is_empty() {
        take(input, 1);
    }
}

pub(super) fn rest_or(input: ParseStream<'_>, span: Span) -> Spot {
    let rest: TokenStream = input.fork().parse().unwrap_or_default();
    if rest.is_empty() { Spot::of(span) } else { Spot::over(&rest) }
}

/// The tokens from here to where another stream over them is.
pub(super) fn up_to(input: ParseStream<'_>, end: ParseStream<'_>) -> TokenStream {
    let mut passed = TokenStream::new();
    while !input.is_empty() && input.cursor() != end.cursor() {
        passed.extend(take(input, 1));
    }
    passed
}
