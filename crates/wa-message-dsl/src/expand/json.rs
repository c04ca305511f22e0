//! Free JSON.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    Expander,
    field::{Private, function, parentheses_allowed},
};
use crate::tree::{Content, Expression, Item, Tree};

impl Expander {
    /// An object of free members.
    pub(super) fn json_object(&mut self, tree: &Tree) -> TokenStream {
        let private = Private;
        let Content::Object(members) = &tree.content else { return TokenStream::new() };
        let members = members.iter().map(|member| {
            let name = &member.name;
            let value = self.json(&member.value);
            quote!((#private::text(#name), #value))
        });
        let members: Vec<_> = members.collect();
        quote!(<#private::Map<_, _> as ::core::iter::FromIterator<_>>::from_iter([#(#members),*]))
    }

    fn json(&mut self, tree: &Tree) -> TokenStream {
        let private = Private;
        match &tree.content {
            Content::Null => quote!(#private::Value::Null),
            Content::Boolean(value) => quote!(#private::Value::Bool(#value)),
            Content::Integer(value) => json_integer(*value),
            Content::Number(value) => quote!(#private::json(#value)),
            Content::Text(value) => quote!(#private::json(#value)),
            Content::Object(_) => {
                let object = self.json_object(tree);
                quote!(#private::Value::Object(#object))
            }
            Content::List(items) => self.json_list(items, tree.order),
            Content::Expression(Expression { tokens, .. }) => {
                let name = self.fresh("value");
                let call = function(tree.spot, &quote!(IntoJson), "into_json");
                let allow = parentheses_allowed(tokens);
                let tokens = quote!(#allow let #name: #private::Value = #call(#tokens););
                self.hoisted.push((tree.order, tokens));
                quote!(#name)
            }
            Content::Const(block) => quote!(#private::json(#block)),
            Content::Failed | Content::Position | Content::AtLeast(_) => TokenStream::new(),
        }
    }

    fn json_list(&mut self, items: &[Item], order: usize) -> TokenStream {
        let private = Private;
        if items.iter().all(|item| matches!(item, Item::One(_))) {
            let items: Vec<_> = items.iter().map(|item| self.json(item.tree())).collect();
            return quote!(#private::Value::Array(#private::vec![#(#items),*]));
        }
        let name = self.fresh("list");
        let pushes: TokenStream = items.iter().map(|item| self.json_push(&name, item)).collect();
        let made = self.fresh("value");
        let block = quote! {
            let #made: #private::Value = {
                let mut #name: ::std::vec::Vec<#private::Value> = ::std::vec::Vec::new();
                #pushes
                #private::Value::Array(#name)
            };
        };
        self.hoisted.push((order, block));
        quote!(#made)
    }

    fn json_push(&mut self, name: &Ident, item: &Item) -> TokenStream {
        let scoped = |this: &mut Self, tree: &Tree| {
            let outer = std::mem::take(&mut this.hoisted);
            let value = this.json(tree);
            let hoisted = this.take_hoisted();
            this.hoisted = outer;
            quote!({ #hoisted #value })
        };
        match item {
            Item::One(tree) | Item::Splice(tree) => {
                let value = scoped(self, tree);
                quote!(#name.push(#value);)
            }
            Item::Spread { items, tree } => {
                let one = Ident::new("__item", tree.spot.start);
                let call = function(tree.spot, &quote!(IntoJson), "into_json");
                quote!(for #one in #items { #name.push(#call(#one)); })
            }
            Item::For { pattern, items, each } => {
                let value = scoped(self, each);
                quote!(for #pattern in #items { #name.push(#value); })
            }
            Item::If { condition, then, otherwise } => {
                let then = scoped(self, then);
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let push = self.json_push(name, otherwise);
                    quote!(else { #push })
                });
                quote!(if #condition { #name.push(#then); } #otherwise)
            }
        }
    }
}

/// A whole number. One that no integer of Rust holds is a double to most readers.
fn json_integer(value: i128) -> TokenStream {
    let private = Private;
    if let Ok(value) = i64::try_from(value) {
        quote!(#private::json(#value))
    } else if let Ok(value) = u64::try_from(value) {
        quote!(#private::json(#value))
    } else {
        #[allow(clippy::cast_precision_loss)] // There is nothing nearer in JSON.
        let value = value as f64;
        quote!(#private::json(#value))
    }
}
