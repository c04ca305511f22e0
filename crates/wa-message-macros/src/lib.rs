//! The procedural macro of `wa-message`. Depend on `wa-message`, which re-exports it.

use proc_macro::TokenStream;

/// Expands an invocation of `wa_message!`, behind the path of the crate in brackets.
#[doc(hidden)]
#[proc_macro]
pub fn expand(input: TokenStream) -> TokenStream {
    wa_message_dsl::in_crate::expand(input.into()).into()
}

/// Expands an invocation as [`expand`] does, with a warning for each advice.
#[doc(hidden)]
#[proc_macro]
pub fn expand_with_advice(input: TokenStream) -> TokenStream {
    wa_message_dsl::in_crate::expand_with_advice(input.into()).into()
}

/// Expands an invocation as [`expand`] does, to what an editor is to see.
#[doc(hidden)]
#[proc_macro]
pub fn expand_in_editor(input: TokenStream) -> TokenStream {
    wa_message_dsl::in_crate::expand_in_editor(input.into()).into()
}

/// Expands an invocation of `templates!`.
#[doc(hidden)]
#[proc_macro]
pub fn typed(input: TokenStream) -> TokenStream {
    wa_message_dsl::in_crate::typed(input.into()).into()
}

/// Expands an invocation of `include_templates!`.
#[doc(hidden)]
#[proc_macro]
pub fn include(input: TokenStream) -> TokenStream {
    wa_message_dsl::in_crate::include(input.into()).into()
}
