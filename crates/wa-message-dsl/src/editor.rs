//! Expands an invocation for an editor.
//!
//! `rust-analyzer` compiles `wa-message` with `cfg(rust_analyzer)`, and then `wa_message!` calls this
//! expansion in the place of the other one. So it costs the compiler nothing.
//!
//! The fields that were written become the fields of a struct that is generated for the kind, and of
//! one for each object in it, with the user's own identifiers. That is where an editor finds their
//! documentation and the names that are still missing. The values stand in it as they are. What is
//! half typed and what is not known stands in it too, in its place: an editor completes by expanding
//! a second time with a name put in where the cursor is, and looks for that place in the first
//! expansion. So both have to be alike up to there, and the first one must not be the shorter.

mod ident;
mod mirror;
mod place;
mod variables;
mod written;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{depth, templates::Against};
use mirror::Mirror;
use variables::Variables;
use written::Written;

/// The statement that shows an editor what was written. With the definition of a template, its variables are fields.
pub(crate) fn shown(
    krate: &TokenStream,
    input: &TokenStream,
    against: Option<&Against>,
) -> TokenStream {
    if depth::check(input).is_some() {
        return TokenStream::new();
    }
    let variables = against.map(Variables::of).unwrap_or_default();
    let mirror = Mirror::new(quote!(#krate::__private), variables);
    match written::read(input.clone()) {
        Written::Short { kind, fields } => mirror.short_form(kind.as_ref(), &fields),
        Written::Wire(value) => mirror.values(&value),
        Written::Nothing => TokenStream::new(),
    }
}
