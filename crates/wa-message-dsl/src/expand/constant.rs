//! Constants of the user, which the compiler proves.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use wa_message_spec::table::{Object, Schema, Text};

use super::{Expander, field_schema};
use crate::tree::{Content, Item, Member, Tree};

impl Expander {
    /// A message of literals and constants: the compiler checks the rules over several of them.
    pub(super) fn proven(
        &mut self,
        root: &'static Object,
        tree: &Tree,
        wrapper: &TokenStream,
    ) -> TokenStream {
        let schema = Schema::Object(root);
        let (private, kind) = (self.private.clone(), self.type_of(schema));
        // Free JSON cannot be a constant, and no rule over several fields looks into it.
        let known = without_free_json(tree, schema);
        let proof = self.in_const(schema, &known);
        let object =
            if super::fixed(tree, schema) { quote!(OBJECT) } else { self.value(schema, tree) };
        let hoisted = self.take_hoisted();
        quote!({
            const OBJECT: #kind = #proof;
            const PROOF: &#kind = &OBJECT;
            const _: () = ::core::assert!(#wrapper::__holds(PROOF), "a constant breaks a rule of the message");
            #hoisted
            #wrapper::__proven(#object, #private::Json::unknown())
        })
    }

    /// A `const` block in the place of a value.
    pub(super) fn constant(&self, schema: Schema, tree: &Tree, block: &TokenStream) -> TokenStream {
        let private = &self.private;
        let kind = self.type_of(schema);
        let name = self.field;
        let value = match schema {
            Schema::Text(text @ Text { values: None, .. }) => {
                let pattern = text.pattern.map(|pattern| {
                    let pattern = format_ident!("{}", pattern.name);
                    quote!(::core::option::Option::Some(&#private::patterns::#pattern))
                });
                let format = text.format.map(|format| {
                    let format = format_ident!("{format:?}");
                    quote!(::core::option::Option::Some(#private::Format::#format))
                });
                let none = || quote!(::core::option::Option::None);
                let (pattern, format) = (pattern.unwrap_or_else(none), format.unwrap_or_else(none));
                let short = format!("`{name}` needs at least {} characters", text.min);
                let long = format!("`{name}` takes at most {} characters", text.max);
                let form = format!("`{name}` must {}", text.says);
                quote_spanned! {tree.spot.start=>
                    <#kind>::__constant(#block, #pattern, #format, [#short, #long, #form])
                }
            }
            Schema::Number(limits) => {
                let min = Literal::f64_suffixed(limits.min.unwrap_or(f64::MIN));
                let max = Literal::f64_suffixed(limits.max.unwrap_or(f64::MAX));
                let says = format!("`{name}` is out of its range");
                quote_spanned!(tree.spot.start=> #private::constant_number(#block, #min, #max, #says))
            }
            _ => quote!(#block),
        };
        // A constant with a name is also looked at by `cargo check`.
        quote_spanned!(tree.spot.start=> { const VALUE: #kind = #value; VALUE })
    }
}

fn without_free_json(tree: &Tree, schema: Schema) -> Tree {
    let content = match (&tree.content, schema) {
        (Content::Object(members), Schema::Object(object)) => {
            let kept = members.iter().filter_map(|member| {
                let inner = field_schema(object, &member.name, tree);
                let value = match inner {
                    Some(Schema::Json(_)) => return None,
                    Some(inner) => without_free_json(&member.value, inner),
                    None => member.value.clone(),
                };
                Some(Member { name: member.name.clone(), value })
            });
            Content::Object(kept.collect())
        }
        (Content::List(items), Schema::List(list)) => {
            let items =
                items.iter().map(|item| Item::One(without_free_json(item.tree(), list.items)));
            Content::List(items.collect())
        }
        (content, _) => content.clone(),
    };
    Tree { content, ..tree.clone() }
}
