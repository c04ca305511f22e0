//! Expands the invocations of the crate that is being compiled, whose definitions of templates are looked for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{Analysis, Templates, analysed, templates::Against};

/// Expands the tokens of an invocation to Rust.
#[must_use]
pub fn expand(input: TokenStream) -> TokenStream {
    let analysis = analysed(input, &Templates::of_crate, false);
    tracked(&analysis, crate::expand::expand(&analysis))
}

/// Expands the tokens of an invocation to Rust, with a warning at each token that is advised against.
#[must_use]
pub fn expand_with_advice(input: TokenStream) -> TokenStream {
    let analysis = analysed(input, &Templates::of_crate, false);
    tracked(&analysis, crate::with_advice(&analysis))
}

/// Expands the tokens of an invocation to what an editor is to see in their place. No file is in its way.
#[must_use]
pub fn expand_in_editor(input: TokenStream) -> TokenStream {
    crate::in_editor(input, &Templates::of_crate)
}

/// An expansion behind what the compiler has to watch for it. What has errors is compiled again in any case.
fn tracked(analysis: &Analysis, expansion: TokenStream) -> TokenStream {
    if !analysis.diagnostics.is_empty() {
        return expansion;
    }
    let items = analysis.against.as_ref().map(Against::tracked).unwrap_or_default();
    if items.is_empty() { expansion } else { quote!({ #items #expansion }) }
}
