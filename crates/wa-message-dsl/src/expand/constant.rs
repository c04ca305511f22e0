//! Constants of the user, which the compiler proves.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use wa_message_rules::table::{Object, Schema, Text};

use super::{
    Expander,
    field::{Private, call},
    known, one_text, rules, type_of,
};
use crate::{
    diagnostic::Spot,
    tree::{Content, Item, Member, Tree},
};

impl Expander {
    /// A message of literals and constants: the compiler checks the rules over several of them.
    pub(super) fn proven(
        &mut self,
        root: &'static Object,
        tree: &Tree,
        wrapper: &TokenStream,
    ) -> TokenStream {
        let schema = Schema::Object(root);
        let (private, kind) = (Private, type_of(schema));
        // Free JSON cannot be a constant, and no rule over several fields looks into it.
        let known = without_free_json(tree, schema);
        let mut proof = TokenStream::new();
        self.in_const(schema, &known, &mut proof);
        let rules = rules::open(root, tree).map(|(spot, says)| {
            let call = call(spot, "rules", &quote!(#wrapper::__holds(PROOF), #says));
            quote_spanned!(spot.start=> const _: () = #call;)
        });
        // What the compiler has looked at is not looked at again.
        self.are_proven = true;
        let made = if known::fixed(tree, schema) {
            quote!(#wrapper::__fixed(PROOF, #private::None))
        } else {
            let object = self.value_alone(schema, tree);
            quote!(#wrapper::__proven(#object, #private::Json::unknown()))
        };
        let hoisted = self.take_hoisted();
        quote! {
            const OBJECT: #kind = #proof;
            const PROOF: &#kind = &OBJECT;
            #rules
            #hoisted
            #made
        }
    }

    /// A `const` block in the place of a value.
    pub(super) fn constant(&self, schema: Schema, tree: &Tree, block: &TokenStream) -> TokenStream {
        let private = Private;
        let (kind, name, spot) = (type_of(schema), self.field, tree.spot);
        let value = match schema {
            Schema::Text(Text { values: None, .. }) if self.are_proven => {
                quote!(#private::literal(#block))
            }
            Schema::Text(text @ Text { values: None, .. }) => self.constant_text(text, spot, block),
            Schema::Number(limits) if !self.are_proven => {
                let says = range(name, limits.min, limits.max);
                let min = Literal::f64_suffixed(limits.min.unwrap_or(f64::MIN));
                let max = Literal::f64_suffixed(limits.max.unwrap_or(f64::MAX));
                call(spot, "number", &quote!(#block, #min, #max, #says))
            }
            Schema::Integer(limits) if !self.are_proven => {
                let says = range(name, limits.min, limits.max);
                let min = Literal::i64_suffixed(limits.min.unwrap_or(i64::MIN));
                let max = Literal::i64_suffixed(limits.max.unwrap_or(i64::MAX));
                call(spot, "integer", &quote!(#block, #min, #max, #says))
            }
            _ => quote!(#block),
        };
        // A constant with a name is also looked at by `cargo check`.
        quote_spanned!(spot.start=> { const VALUE: #kind = #value; VALUE })
    }

    fn constant_text(&self, text: &Text, spot: Spot, block: &TokenStream) -> TokenStream {
        let (name, limits) = (self.field, one_text::limits(text));
        let short = format!("`{name}` needs at least {}", characters(text.min));
        let long = format!("`{name}` takes at most {}", characters(text.max));
        let form = format!("`{name}` must {}", text.says);
        call(spot, "constant_text", &quote!(#block, #limits, [#short, #long, #form]))
    }
}

fn characters(count: usize) -> String {
    format!("{count} character{}", if count == 1 { "" } else { "s" })
}

fn range<N: ToString>(name: &str, min: Option<N>, max: Option<N>) -> String {
    let range = match (min, max) {
        (Some(min), Some(max)) => format!("from {} to {}", min.to_string(), max.to_string()),
        (Some(min), None) => format!("at least {}", min.to_string()),
        (None, Some(max)) => format!("at most {}", max.to_string()),
        (None, None) => "finite".to_owned(),
    };
    format!("`{name}` must be {range}")
}

fn without_free_json(tree: &Tree, schema: Schema) -> Tree {
    let content = match (&tree.content, schema) {
        (Content::Object(members), Schema::Object(object)) => {
            let kept = members.iter().filter_map(|member| {
                let inner = known::field_schema(object, &member.name, tree);
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
