//! Writes the names that editors show of the short form: a struct for each kind and for each object in it, whose
//! fields are the names that may be written there. Only rust-analyzer ever compiles them.
//!
//! `wa-message-dsl` finds the same names in the tables, in `editor/place.rs`. They are collected a second time here,
//! from the model, because the generator runs before there are tables; `tests/editor/names.rs` compares the two.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    model::{Arm, ByName, Description, Field, Object, Type, Union},
    names::{ident, member_type},
};

pub(super) fn emit(description: &Description) -> TokenStream {
    let mut kinds = Vec::new();
    let mut reached = Vec::new();
    for kind in &description.kinds {
        let Some(root) = description.object(&kind.root) else { continue };
        let mut names = Names::new(description, Chosen::Kind(&kind.tags));
        names.object(root);
        reached.append(&mut names.reached);
        kinds.push(names.item(&kind.name, &kind.description));
    }
    // An object that nothing has as a value, because its fields are always written in the place of another, is
    // never written in braces.
    let mut objects = BTreeMap::new();
    while let Some(object) = reached.pop() {
        if !objects.contains_key(&object.name) {
            let mut items = TokenStream::new();
            with_arms(description, object, &mut Vec::new(), &mut items, &mut reached);
            objects.insert(&object.name, items);
        }
    }
    let objects = description.objects().filter_map(|object| objects.get(&object.name));
    quote! {
        //! The names that the short form takes, as an editor sees them.

        /// The kinds of message.
        pub mod kinds {
            #(#kinds)*
        }

        /// The objects in a message. A name with a `_` is an object whose tags are known.
        pub mod objects {
            #(#objects)*
        }
    }
}

/// A struct for an object of which some tags are known, and for all that more tags make of it.
fn with_arms<'d>(
    description: &'d Description,
    object: &'d Object,
    arms: &mut Vec<&'d Arm>,
    items: &mut TokenStream,
    reached: &mut Vec<&'d Object>,
) {
    let mut names = Names::new(description, Chosen::Arms(arms));
    names.object(object);
    reached.append(&mut names.reached);
    let open = names.open;
    let mut name = object.name.clone();
    for arm in arms.iter() {
        name.push('_');
        name.extend(arm.value.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }));
    }
    items.extend(names.item(&name, &object.description));
    for arm in open.iter().flat_map(|union| &union.arms) {
        arms.push(arm);
        with_arms(description, object, arms, items, reached);
        arms.pop();
    }
}

/// The tags that are known, outermost first.
enum Chosen<'c> {
    /// Those of a kind of message.
    Kind(&'c [String]),
    /// Those of what stands in an object. A union of one arm needs none.
    Arms(&'c [&'c Arm]),
}

/// The names that may be written in an object.
struct Names<'d, 'c> {
    description: &'d Description,
    chosen: Chosen<'c>,
    seen: BTreeSet<String>,
    fields: Vec<TokenStream>,
    /// The first union of which the arm is not known.
    open: Option<&'d Union>,
    /// The objects that may be values of the fields.
    reached: Vec<&'d Object>,
}

impl<'d, 'c> Names<'d, 'c> {
    fn new(description: &'d Description, chosen: Chosen<'c>) -> Self {
        let (seen, fields, reached) = (BTreeSet::new(), Vec::new(), Vec::new());
        Self { description, chosen, seen, fields, open: None, reached }
    }

    fn item(self, name: &str, doc: &str) -> TokenStream {
        let (name, fields) = (ident(name), self.fields);
        quote! {
            #[doc = #doc]
            pub struct #name {
                #(#fields,)*
            }
        }
    }

    fn object(&mut self, object: &'d Object) {
        for field in &object.fields {
            if let (true, Type::Object(inner)) = (field.lifted, &field.value)
                && let Some(inner) = self.description.object(inner)
            {
                self.object(inner);
                continue;
            }
            if self.description.constant(field).is_some() {
                continue;
            }
            for by_name in &field.by_name {
                self.by_name(by_name, field);
            }
            self.field(&field.name, &field.description, field, field.required);
        }
        let Some(union) = &object.union else { return };
        if let Chosen::Arms(_) = self.chosen
            && union.arms.len() > 1
        {
            let values: Vec<_> = union.arms.iter().map(|arm| arm.value.as_str()).collect();
            let doc = words::of_tag(&union.description, &values);
            self.member(&union.tag, &doc, &quote!(::core::option::Option<crate::Text>));
        }
        if let Some(arm) = self.arm(union) {
            return self.in_arm(arm);
        }
        self.open.get_or_insert(union);
        union.arms.iter().for_each(|arm| self.in_arm(arm));
    }

    fn arm(&mut self, union: &'d Union) -> Option<&'d Arm> {
        let value = match &mut self.chosen {
            Chosen::Arms(_) if union.arms.len() == 1 => return union.arms.first(),
            Chosen::Arms(arms) => {
                let (first, rest) = arms.split_first()?;
                *arms = rest;
                &first.value
            }
            Chosen::Kind(tags) => {
                let (first, rest) = tags.split_first()?;
                *tags = rest;
                first
            }
        };
        union.arms.iter().find(|arm| arm.value == *value)
    }

    fn in_arm(&mut self, arm: &'d Arm) {
        let Some(object) = self.description.arm_object(arm) else { return };
        // In an object, the value of the tag stands for the natural field of the arm.
        if let (Chosen::Arms(_), Some(natural)) = (&self.chosen, &object.natural)
            && !object.fields.iter().any(|field| field.name == arm.value)
            && let Some(field) = object.fields.iter().find(|field| field.name == *natural)
        {
            self.field(&arm.value, &object.description, field, false);
        }
        self.object(object);
    }

    /// A name that stands for items of an array, or for what one of them holds.
    fn by_name(&mut self, by_name: &ByName, array: &'d Field) {
        let arm = || {
            let Type::List(list) = &array.value else { return None };
            let Type::Object(items) = &list.items else { return None };
            let union = self.description.object(items)?.union.as_ref()?;
            let arm = union.arms.iter().find(|arm| arm.value == by_name.value)?;
            self.description.arm_object(arm)
        };
        let Some(arm) = arm() else { return };
        let held = by_name
            .holds
            .as_ref()
            .and_then(|holds| arm.fields.iter().find(|field| field.name == *holds));
        let field = held.unwrap_or(array);
        let what = held.map_or(&arm.description, |field| &field.description);
        self.field(&by_name.name, what, field, false);
    }

    fn field(&mut self, name: &str, what: &str, field: &Field, required: bool) {
        let doc = words::of(self.description, what, field, required);
        self.reached.extend(object_in(self.description, &field.value));
        self.member(name, &doc, &member_type(field));
    }

    /// A field of the struct. The first of a name counts.
    fn member(&mut self, name: &str, doc: &str, kind: &TokenStream) {
        if self.seen.insert(name.to_owned()) {
            let name = ident(name);
            self.fields.push(quote!(#[doc = #doc] pub #name: #kind));
        }
    }
}

/// The object that a value is, or that the items of an array are.
fn object_in<'d>(description: &'d Description, value: &Type) -> Option<&'d Object> {
    match value {
        Type::Object(name) => description.object(name),
        Type::List(list) => object_in(description, &list.items),
        _ => None,
    }
}
