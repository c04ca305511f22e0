//! Tokens, written where they end up: expansions are many, and most of their cost is to make tokens and
//! to move them.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// The name of a type or a variant, none of which is a keyword.
pub(super) fn named(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The name of a member or a module.
pub(super) fn ident(name: &str) -> Ident {
    // The generator writes keywords as raw names too.
    let name = name.strip_prefix("r#").unwrap_or(name);
    if is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { named(name) }
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The keywords that may be raw names.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// A path within the crate.
pub(super) fn path(out: &mut TokenStream, names: &[&str]) {
    Private.to_tokens(out);
    for name in names {
        out.append(Punct::new(':', Spacing::Joint));
        out.append(Punct::new(':', Spacing::Alone));
        out.append(named(name));
    }
}

/// A text that the program does not change.
pub(super) fn literal(out: &mut TokenStream, value: &str) {
    path(out, &["literal"]);
    group(out, Delimiter::Parenthesis, |inside| inside.append(Literal::string(value)));
}

/// Brackets, and what `fill` writes between them.
pub(super) fn group(
    out: &mut TokenStream,
    delimiter: Delimiter,
    fill: impl FnOnce(&mut TokenStream),
) {
    let mut inside = TokenStream::new();
    fill(&mut inside);
    out.append(Group::new(delimiter, inside));
}

pub(super) fn comma(out: &mut TokenStream) {
    out.append(Punct::new(',', Spacing::Alone));
}

/// The name of the crate behind [`alias`](super::field::alias).
#[derive(Clone, Copy)]
pub(super) struct Private;

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Ident::new(ALIAS, Span::call_site()));
    }
}

/// The name that [`alias`](super::field::alias) gives.
pub(super) const ALIAS: &str = "__wa_message";
