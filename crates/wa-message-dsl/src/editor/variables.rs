//! The variables of a template as the fields of a struct, so that an editor offers their names.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use wa_message_rules::definition::{Definition, Header, Words, table::Role};
use wa_message_spec::templates::DEMANDS;

use super::ident::ident;
use crate::templates::Against;

/// The components of a template whose variables have names.
#[derive(Default)]
pub(super) struct Variables(Vec<Component>);

struct Component {
    /// The tag that it has in a message.
    tag: &'static str,
    text: String,
    names: Vec<String>,
}

impl Variables {
    /// The variables of the template that a message names. Without a definition there are none.
    pub(super) fn of(against: &Against) -> Self {
        let Some(definition) = against.definition().filter(|it| it.is_named()) else {
            return Self::default();
        };
        let of = |role, words: fn(&Definition) -> Option<&Words>| {
            let words = words(definition).filter(|words| !words.variables().is_empty())?;
            let names = words.names().map(str::to_owned).collect();
            Some(Component { tag: DEMANDS.sent_as(role), text: words.text().to_owned(), names })
        };
        let header = of(Role::Header, |it| it.layout().header().and_then(Header::words));
        let body = of(Role::Body, |it| it.layout().body());
        Self(header.into_iter().chain(body).collect())
    }

    /// The names of a component, and a struct that has them.
    pub(super) fn item(
        &self,
        tag: &str,
        private: &TokenStream,
    ) -> Option<(&[String], TokenStream)> {
        let component = self.0.iter().find(|component| component.tag == tag)?;
        let says = format!("A variable of the template: {}", component.text);
        let fields = component.names.iter().map(|name| {
            let name = ident(name, Span::call_site());
            quote!(#[doc = #says] pub #name: #private::Text,)
        });
        Some((&component.names, quote!(pub struct Variables { #(#fields)* })))
    }
}
