//! The traits of the fields, which say in words what a value of a wrong type should have been.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use wa_message_rules::table::{Field, Object, Schema, Text};

pub(super) use super::tokens::Private;
use super::{
    Expander,
    names::Names,
    tokens::{ALIAS, ident},
};
use crate::{
    diagnostic::Spot,
    tree::{Said, Tree},
};

/// What the value of a field has to be, besides of its type.
#[derive(Clone, Copy)]
pub(super) struct Fits {
    /// Whether it has to be there: it is no `Option`.
    pub(super) is_needed: bool,
    /// Whether it may be somebody to write to.
    is_addressee: bool,
}

impl Fits {
    pub(super) fn of(object: &Object, field: &Field, tree: &Tree) -> Self {
        let instead = field.addressee;
        let is_free = instead.iter().all(|name| tree.member(name).is_none());
        Self { is_needed: tree.needs(object, field), is_addressee: is_free && !instead.is_empty() }
    }
}

impl Expander {
    /// The function that makes an item of the array of an expression.
    pub(super) fn item_fit(&self, items: Schema, item: &Tree) -> TokenStream {
        let name = self.called.array_around(item).unwrap_or(self.field);
        named(name, &format!("item_{}", class(items)), item.spot)
    }

    /// The function that makes the items of what stands under a name in the place of an array.
    pub(super) fn array_fit(&self, items: Schema, array: &Tree) -> Option<TokenStream> {
        let is_whole = matches!(array.said, Said::As { position: None, .. });
        let name = self.called.array_around(array).filter(|_| is_whole)?;
        Some(named(name, &format!("list_of_{}", class(items)), array.spot))
    }
}

/// The function that makes the value of a field of an expression, which is an `Option` unless it is
/// needed. `called` knows what the field is called where it is written.
pub(super) fn fit(field: &Field, called: Names, value: &Tree, fits: Fits) -> TokenStream {
    let class = class(field.schema);
    let class = match fits.is_needed {
        true if fits.is_addressee => "addressee".to_owned(),
        true if called.is_named(value) => format!("named_{class}"),
        true => class,
        false => format!("optional_{class}"),
    };
    named(called.called(field, value), &class, value.spot)
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

/// A call that stands at the place of what the user wrote.
pub(super) fn call(spot: Spot, name: &str, arguments: &TokenStream) -> TokenStream {
    let function = function(spot, &TokenStream::new(), name);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments.clone());
    arguments.set_span(spot.end);
    quote!(#function #arguments)
}

/// The attribute before an expression in parentheses: a block has to stand in them here, which Rust finds
/// too many. Others have none, because each token costs in every invocation.
pub(super) fn parentheses_allowed(tokens: &TokenStream) -> Option<TokenStream> {
    let first = tokens.clone().into_iter().next();
    let is_open = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    first.as_ref().is_some_and(is_open).then(|| quote!(#[allow(unused_parens)]))
}

/// Gives the crate a name that can stand in any place.
pub(super) fn alias(private: &TokenStream) -> TokenStream {
    let alias = Ident::new(ALIAS, Span::call_site());
    quote!(use #private as #alias;)
}

fn named(name: &str, class: &str, spot: Spot) -> TokenStream {
    let (name, class) = (ident(name), ident(class));
    function(spot, &quote!(field::#name::#class), "fit")
}

/// The name of the trait. The generator has the same names.
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
