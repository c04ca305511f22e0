//! x
use proc_macro2::TokenStream;
/// x
pub fn expand(input: TokenStream) -> TokenStream {
    input
}
