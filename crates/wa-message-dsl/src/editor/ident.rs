//! Names as identifiers.

use proc_macro2::{Ident, Span};

/// A name as an identifier, where it can be one.
pub(super) fn ident(name: &str, span: Span) -> Ident {
    let is_name = syn::parse_str::<Ident>(name).is_ok();
    let mut ident = if is_name {
        Ident::new(name, span)
    } else if matches!(name, "self" | "Self" | "super" | "crate" | "_")
        || !name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        || name.contains(|c: char| !(c.is_alphanumeric() || c == '_'))
    {
        Ident::new("__", span)
    } else {
        Ident::new_raw(name, span)
    };
    ident.set_span(span);
    ident
}
