//! The variables that have names: a struct with a field for each, so that the compiler compares the names at each call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use wa_message_rules::definition::Definition;

use super::{Taken, docs, identifier};

/// The argument that holds the variables.
pub(super) const VARIABLES: &str = "variables";

/// The variables of a definition, in its order.
#[derive(Default)]
pub(super) struct Variables {
    taken: Taken,
    fields: Vec<Field>,
}

struct Field {
    ident: Ident,
    /// The name of the type parameter, if it is free.
    kind: String,
    docs: String,
}

impl Variables {
    /// Adds a variable of a component of the template, or of a card with a prefix. Returns where its value is.
    ///
    /// A name belongs to its component: header and body may have different values of the same name. So each has a field.
    pub(super) fn add(&mut self, name: &str, tag: &str, prefix: &str) -> TokenStream {
        let ident = self.taken.free(&format!("{prefix}{name}"));
        let kind = camel(&format!("{prefix}{name}"));
        let card = prefix.trim_end_matches('_').replace('_', " ");
        let of_card = if card.is_empty() { String::new() } else { format!(" of {card}") };
        let docs = format!(" `{{{{{}}}}}` in the {tag}{of_card}.", docs::line(name));
        let variables = identifier(VARIABLES);
        let value = quote!(#variables.#ident);
        self.fields.push(Field { ident, kind, docs });
        value
    }

    /// Returns the struct, the parameters of types that a function needs for it, and the argument. All are empty where no
    /// variable has a name.
    pub(super) fn finish(
        &self,
        krate: &TokenStream,
        definition: &Definition,
        structs: &mut Taken,
        function: &str,
    ) -> [TokenStream; 3] {
        if self.fields.is_empty() {
            return Default::default();
        }
        let name = structs.free(&camel(function));
        let mut taken = Taken::default();
        taken.free(&name.to_string());
        let kinds: Vec<_> = self.fields.iter().map(|field| taken.free(&field.kind)).collect();
        let idents = self.fields.iter().map(|field| &field.ident);
        let of_fields = self.fields.iter().map(|field| &field.docs);
        let docs = docs::of_variables(definition);
        let generics = quote!(<#(#kinds: #krate::value::IntoText),*>);
        let variables = identifier(VARIABLES);
        let item = quote! {
            #(#[doc = #docs])*
            #[derive(::core::clone::Clone, ::core::fmt::Debug)]
            pub struct #name #generics {
                #(#[doc = #of_fields] pub #idents: #kinds,)*
            }
        };
        let argument = quote!(#variables: #name<#(#kinds),*>,);
        [item, generics, argument]
    }
}

/// A name with underscores as the name of a type.
fn camel(name: &str) -> String {
    let words = name.split('_').flat_map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
    });
    words.collect()
}
