//! Tests of which the outcome may be known while generating.

use proc_macro2::TokenStream;
use quote::quote;

/// Something that is asked of a value, as far as it has to be asked when the code runs.
pub(super) enum Test {
    Always,
    Never,
    When(TokenStream),
}

impl Test {
    /// Code that runs where it holds.
    pub(super) fn then(&self, body: &TokenStream) -> TokenStream {
        match self {
            Self::Always => body.clone(),
            Self::Never => TokenStream::new(),
            Self::When(test) => quote!(if #test { #body }),
        }
    }

    /// Code that runs where it does not hold.
    pub(super) fn otherwise(&self, body: &TokenStream) -> TokenStream {
        match self {
            Self::Always => TokenStream::new(),
            Self::Never => body.clone(),
            Self::When(test) => quote!(if !(#test) { #body }),
        }
    }
}
