//! The traits of the fields, which say in words what a value of a wrong type should have been.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use wa_message_spec::table::{Field, Schema, Text};

use super::{Expander, tokens::ident};
use crate::{diagnostic::Spot, tree::Tree};

impl Expander {
    /// The function that makes an item of the array of an expression.
    pub(super) fn item_fit(&self, items: Schema, item: &Tree) -> TokenStream {
        named(&format!("item_{}", class(items)), self.field, item)
    }
}

/// The function that makes the value of a field of an expression, which is an `Option` unless it is
/// needed.
pub(super) fn fit(field: &Field, value: &Tree, is_needed: bool) -> TokenStream {
    let class = class(field.schema);
    let class = if is_needed { class } else { format!("optional_{class}") };
    named(&class, field.name, value)
}

/// A function of the crate that is called with what the user wrote, and nothing else.
///
/// It covers the same place in the source. So the compiler marks the value alone when it does not
/// fit, and not the call, which the user did not write.
pub(super) fn function(spot: Spot, path: &TokenStream, name: &str) -> TokenStream {
    let alias = Ident::new(ALIAS, spot.start);
    let name = Ident::new(name, spot.end);
    if path.is_empty() { quote!(#alias::#name) } else { quote!(#alias::#path::#name) }
}

/// Gives the crate a name that can stand in any place.
pub(super) fn alias(private: &TokenStream) -> TokenStream {
    let alias = Ident::new(ALIAS, Span::call_site());
    quote!(use #private as #alias;)
}

/// The name of the crate behind [`alias`].
#[derive(Clone, Copy)]
pub(super) struct Private;

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Ident::new(ALIAS, Span::call_site()));
    }
}

const ALIAS: &str = "__wa_message";

fn named(class: &str, name: &str, value: &Tree) -> TokenStream {
    let (class, name) = (ident(class), ident(name));
    function(value.spot, &quote!(field::#class::#name), "fit")
}

/// The module of the trait. The generator has the same names.
fn class(schema: Schema) -> String {
    match schema {
        Schema::Text(Text { values: Some(values), .. }) => values.rust.to_owned(),
        Schema::Text(_) => "text".to_owned(),
        Schema::Integer(_) => "integer".to_owned(),
        Schema::Number(_) => "number".to_owned(),
        Schema::Boolean => "boolean".to_owned(),
        Schema::List(list) => format!("list_of_{}", class(list.items)),
        Schema::Object(object) => object.name.to_owned(),
        _ => "json".to_owned(),
    }
}
