//! Arrays of which something is not known before the program runs.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::{TokenStreamExt, quote};
use wa_message_rules::table::{List, Schema};

use super::{
    Expander,
    field::{Private, parentheses_allowed},
    tokens::{comma, group, path},
    type_of,
};
use crate::tree::{Item, Tree};

impl Expander {
    pub(super) fn list(
        &mut self,
        list: &'static List,
        items: &[Item],
        tree: &Tree,
        out: &mut TokenStream,
    ) {
        if items.iter().all(|item| matches!(item, Item::One(_))) {
            self.items(list, items, out);
        } else if items.iter().any(|item| matches!(item, Item::Splice(_))) {
            out.extend(self.spliced(list, items));
        } else {
            out.append(self.pushed(list, items, tree));
        }
    }

    /// An array of which every item is written by itself.
    fn items(&mut self, list: &'static List, items: &[Item], out: &mut TokenStream) {
        let field = self.field;
        path(out, &["List", "from_vec"]);
        group(out, Delimiter::Parenthesis, |inside| {
            path(inside, &["vec"]);
            inside.append(Punct::new('!', Spacing::Alone));
            group(inside, Delimiter::Bracket, |inside| {
                for item in items {
                    self.field = field;
                    self.value(list.items, item.tree(), inside);
                    comma(inside);
                }
            });
        });
    }

    /// An array that is made before the object, item by item.
    fn pushed(&mut self, list: &'static List, items: &[Item], tree: &Tree) -> Ident {
        let (private, field) = (Private, self.field);
        let kind = type_of(list.items);
        let name = self.fresh("list");
        let outer = std::mem::take(&mut self.list_name);
        self.list_name = Some(name.clone());
        let pushes = items.iter().map(|item| {
            self.field = field;
            self.push(&name, list.items, item)
        });
        let pushes: TokenStream = pushes.collect();
        self.list_name = outer;
        let made = self.fresh("value");
        let block = quote! {
            let #made: #private::List<#kind> = {
                let mut #name: ::std::vec::Vec<#kind> = ::std::vec::Vec::new();
                #pushes
                #private::List::from_vec(#name)
            };
        };
        self.hoisted.push((tree.order, block));
        self.names_of.push((tree, made.clone()));
        made
    }

    /// An array of items that are made at other places.
    fn spliced(&mut self, list: &'static List, items: &[Item]) -> TokenStream {
        let private = Private;
        let kind = type_of(list.items);
        let name = self.fresh("list");
        let field = self.field;
        let pushes = items.iter().map(|item| {
            self.field = field;
            if let Item::Splice(tree) = item {
                let array = self.value_alone(Schema::List(list), tree);
                let array = quote!(#private::List::<#kind>::into_vec(#array));
                quote!(::core::iter::Extend::extend(&mut #name, #array);)
            } else {
                let value = self.value_alone(list.items, item.tree());
                quote!(#name.push(#value);)
            }
        });
        let pushes: TokenStream = pushes.collect();
        quote!({
            let mut #name: ::std::vec::Vec<#kind> = ::std::vec::Vec::new();
            #pushes
            #private::List::<#kind>::from_vec(#name)
        })
    }

    fn push(&mut self, name: &Ident, schema: Schema, item: &Item) -> TokenStream {
        match item {
            Item::One(tree) | Item::Splice(tree) => {
                let value = self.scoped(schema, tree);
                quote!(#name.push(#value);)
            }
            Item::Spread { items, tree } if self.array_fit(schema, tree).is_some() => {
                let (private, kind) = (Private, type_of(schema));
                let (fit, array) = (self.array_fit(schema, tree), self.fresh("array"));
                let allow = parentheses_allowed(items);
                quote! {
                    #allow let #array = #private::List::<#kind>::into_vec(#fit(#items));
                    ::core::iter::Extend::extend(&mut #name, #array);
                }
            }
            Item::Spread { items, tree } => {
                let (fit, one) =
                    (self.item_fit(schema, tree), Ident::new("__item", tree.spot.start));
                let items = in_head(items);
                quote! {
                    #[allow(for_loops_over_fallibles, unused_parens)]
                    for #one in #items { #name.push(#fit(#one)); }
                }
            }
            Item::For { pattern, items, each } => {
                let value = self.scoped(schema, each);
                quote!(for #pattern in #items { #name.push(#value); })
            }
            Item::If { condition, then, otherwise } => {
                let field = self.field;
                let then = self.scoped(schema, then);
                self.field = field;
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let push = self.push(name, schema, otherwise);
                    quote!(else { #push })
                });
                quote!(if #condition { #name.push(#then); } #otherwise)
            }
        }
    }

    /// A value with what has to be evaluated for it.
    fn scoped(&mut self, schema: Schema, tree: &Tree) -> TokenStream {
        let outer = std::mem::take(&mut self.hoisted);
        let value = self.value_alone(schema, tree);
        let hoisted = self.take_hoisted();
        self.hoisted = outer;
        if hoisted.is_empty() { value } else { quote!({ #hoisted #value }) }
    }

    /// The position of an item in the array that is being made.
    pub(super) fn position(&self, schema: Schema) -> TokenStream {
        let private = Private;
        let name = &self.list_name;
        let as_number = matches!(schema, Schema::Integer(_));
        if as_number {
            quote!(#private::index(#name.len()))
        } else {
            quote!(#private::position(#name.len()))
        }
    }
}

/// An expression in the head of a loop, where braces at its end would be taken for the body.
fn in_head(items: &TokenStream) -> TokenStream {
    match items.clone().into_iter().last() {
        Some(TokenTree::Group(last)) if last.delimiter() == Delimiter::Brace => {
            let mut group = Group::new(Delimiter::Parenthesis, items.clone());
            group.set_span(last.span());
            TokenTree::from(group).into()
        }
        _ => items.clone(),
    }
}
