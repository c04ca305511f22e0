//! What the fuzz targets share.

mod text;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

pub use text::Text;

/// Expands a text as an invocation, if it consists of tokens at all.
///
/// # Panics
///
/// When the expansion is no expression of Rust.
pub fn expand(text: &str) {
    let Ok(tokens) = text.parse::<TokenStream>() else { return };
    let is_rust = blocks_are_rust(tokens.clone());
    let expanded = wa_message_dsl::expand(quote!([::wa_message] #tokens));
    if !is_rust {
        return;
    }
    let parsed = syn::parse2::<syn::Expr>(without_keywords(expanded.clone()));
    assert!(parsed.is_ok(), "{expanded}");
}

/// Whether all `const` blocks are blocks of Rust. The macro hands them on as they are, and the compiler
/// says what is wrong with them.
fn blocks_are_rust(tokens: TokenStream) -> bool {
    let mut behind_const = false;
    tokens.into_iter().all(|token| {
        let is_block = std::mem::take(&mut behind_const);
        match token {
            TokenTree::Ident(ident) => behind_const = ident == "const",
            TokenTree::Group(group) if is_block && group.delimiter() == Delimiter::Brace => {
                return syn::parse2::<syn::Block>(TokenTree::from(group).into()).is_ok();
            }
            TokenTree::Group(group) => return blocks_are_rust(group.stream()),
            _ => {}
        }
        true
    })
}

/// A field without a value takes the variable of its name. When the name is a word of Rust, such as
/// `type`, the compiler says so, which is as good as an error of the macro.
fn without_keywords(tokens: TokenStream) -> TokenStream {
    let variable = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            let inside = match inside.as_slice() {
                [TokenTree::Ident(_)] if group.delimiter() == Delimiter::Parenthesis => quote!(x),
                _ => without_keywords(group.stream()),
            };
            Group::new(group.delimiter(), inside).into()
        }
        other => other,
    };
    tokens.into_iter().map(variable).collect()
}
