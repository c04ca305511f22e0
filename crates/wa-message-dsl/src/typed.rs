//! A function for each template: its variables are the arguments.
//!
//! Of the forms that this could have, a module was chosen that one macro writes. A build script would see new files by
//! itself, and would be a build dependency and a script in every crate that sends a template. A derive over structs of
//! the user would leave the names of the variables to him, and check them, which is what `wa_message!` does already.
//! The functions call `wa_message!`, so that nothing is checked in two ways.

mod arguments;
mod docs;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{ItemMod, parse::Parser, spanned::Spanned as _};
use wa_message_rules::definition::{Definition, Definitions};

use crate::{
    diagnostic::{Diagnostic, Spot},
    templates::Templates,
};
use arguments::Arguments;

/// Expands `[path of the crate] pub mod name;` to a module with a function for each template and language.
pub(crate) fn expand(input: TokenStream, templates: Option<&Templates>) -> TokenStream {
    let (krate, item) = crate::parse::behind_the_crate(input);
    let span = Spot::over(&item);
    let module = |input: syn::parse::ParseStream<'_>| input.parse::<ItemMod>();
    let Ok(item) = module.parse2(item) else {
        let error = Diagnostic::new(span, "a module without a body is expected here")
            .with_help("write `templates! { pub mod templates; }`");
        return error.to_tokens();
    };
    let mut errors = TokenStream::new();
    if let Some((_, items)) = &item.content {
        let spot = Spot::of(items.first().map_or(item.span(), syn::spanned::Spanned::span));
        let error = Diagnostic::new(spot, "the module has no items of its own")
            .with_help("write `templates! { pub mod templates; }`");
        errors.extend(error.to_tokens());
    }
    let definitions = templates.map(Templates::definitions);
    for hindrance in templates.into_iter().flat_map(Templates::all_hindrances) {
        errors.extend(Diagnostic::new(Spot::of(item.ident.span()), hindrance).to_tokens());
    }
    let mut modules = TokenStream::new();
    for name in definitions.into_iter().flat_map(Definitions::names) {
        let all = definitions.map(|definitions| definitions.named(name)).unwrap_or_default();
        modules.extend(template(&krate, name, &all));
    }
    let tracked = templates.map(Templates::all_tracked).unwrap_or_default();
    let ItemMod { attrs, vis, ident, .. } = item;
    quote! {
        #(#attrs)*
        #vis mod #ident {
            #tracked
            #errors
            #modules
        }
    }
}

/// The module of a template, with a function for each language.
fn template(krate: &TokenStream, name: &str, all: &[&Definition]) -> TokenStream {
    let module = identifier(name);
    let functions = all.iter().map(|definition| function(krate, definition));
    let doc = format!("The template `{name}`.");
    quote! {
        #[doc = #doc]
        pub mod #module {
            #(#functions)*
        }
    }
}

fn function(krate: &TokenStream, definition: &Definition) -> TokenStream {
    let (name, language) = (definition.name(), definition.language());
    let function = identifier(&language.to_lowercase());
    let Arguments { parameters, before, fields } = Arguments::of(krate, definition);
    let docs = docs::of(definition);
    let private = quote!(#krate::__private);
    quote! {
        #(#[doc = #docs])*
        #[allow(clippy::too_many_arguments)]
        pub fn #function(
            to: impl #krate::value::IntoAddressee,
            #parameters
        ) -> ::core::result::Result<#krate::Message, #private::InvalidMessage> {
            #before
            #krate::wa_message! { <template>
                to: #krate::value::IntoAddressee::into_addressee(to),
                name: #name,
                language: #language,
                #fields
            }
        }
    }
}

/// A name as an identifier of Rust. Names of templates may begin with a digit, and may be words of the language.
pub(crate) fn identifier(name: &str) -> Ident {
    let letters = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let mut name: String = name.chars().map(letters).collect();
    if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        name.insert(0, '_');
    }
    if let Ok(ident) = syn::parse_str::<Ident>(&name) {
        return Ident::new(&ident.to_string(), Span::call_site());
    }
    // `self`, `super` and `crate` cannot be raw.
    let raw = syn::parse_str::<Ident>(&format!("r#{name}"));
    raw.unwrap_or_else(|_| Ident::new(&format!("{name}_"), Span::call_site()))
}
