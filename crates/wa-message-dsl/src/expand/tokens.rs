//! Tokens, made with as little copying as can be: expansions are many, and most of their cost is tokens.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

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

/// A call. The arguments are moved into it, which takes far less than to copy them.
pub(super) fn called(
    path: TokenStream,
    arguments: impl IntoIterator<Item = TokenStream>,
) -> TokenStream {
    let mut call = path;
    call.extend([grouped(Delimiter::Parenthesis, arguments)]);
    call
}

pub(super) fn grouped(
    delimiter: Delimiter,
    items: impl IntoIterator<Item = TokenStream>,
) -> TokenTree {
    let mut inside = TokenStream::new();
    for item in items {
        inside.extend(item);
        inside.extend([TokenTree::from(Punct::new(',', Spacing::Alone))]);
    }
    Group::new(delimiter, inside).into()
}
