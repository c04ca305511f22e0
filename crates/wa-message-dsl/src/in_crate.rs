//! Expands the invocations of the crate that is being compiled, whose definitions of templates are looked for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    Analysis, Templates, analysed,
    diagnostic::{Diagnostic, Spot},
    templates::Against,
};

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

/// Expands `[path of the crate] pub mod name;` to a module with a function for each template and language.
#[must_use]
pub fn typed(input: TokenStream) -> TokenStream {
    crate::typed::expand(input, Templates::of_crate().as_ref())
}

/// Expands `[path of the crate]` to the definitions of the crate, for a program that runs without its files.
#[must_use]
pub fn include(input: TokenStream) -> TokenStream {
    let (krate, rest) = crate::parse::behind_the_crate(input);
    let spot = Spot::over(&rest);
    let mut errors = Vec::new();
    if !rest.is_empty() {
        errors.push("nothing stands here: where the definitions lie, the crate decides".to_owned());
    }
    let templates = Templates::of_crate();
    errors.extend(templates.iter().flat_map(|templates| templates.all_hindrances()));
    let errors = errors.into_iter().map(|error| Diagnostic::new(spot, error).to_tokens());
    let tracked = templates.as_ref().map(|templates| templates.all_tracked());
    let files = templates.iter().flat_map(|templates| templates.embedded());
    let files = files.map(|(name, path)| quote!((#name, ::core::include_str!(#path))));
    quote!({
        #(#errors;)*
        #tracked
        #krate::__private::embedded(&[#(#files),*])
    })
}

/// An expansion behind what the compiler has to watch for it. What has errors is compiled again in any case.
fn tracked(analysis: &Analysis, expansion: TokenStream) -> TokenStream {
    if !analysis.diagnostics.is_empty() {
        return expansion;
    }
    let items = analysis.against.as_ref().map(Against::tracked).unwrap_or_default();
    if items.is_empty() { expansion } else { quote!({ #items #expansion }) }
}
