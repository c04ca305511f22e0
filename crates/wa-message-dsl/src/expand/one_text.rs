//! The checks of texts that the program evaluates, where nothing else is open.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use wa_message_rules::{
    Label,
    table::{Field, Object, Schema, Text},
};

use super::{field::Private, proof::TextRule};
use crate::tree::Tree;

/// A check of a text that is hoisted.
pub(super) struct Check {
    text: *const Tree,
    owner: Label,
    limits: TokenStream,
    rules: Vec<TokenStream>,
}

impl Check {
    /// The check of a text with these limits, within what a sentence calls by the name `owner`.
    pub(super) fn new(
        tree: &Tree,
        limits: &Text,
        owner: Label,
        root: &Object,
        rules: &[TextRule],
    ) -> Self {
        let private = Private;
        let rules = rules.iter().filter(|rule| rule.applies && rule.looks_at(tree)).map(|rule| {
            let name = format_ident!("{}_RULE_{}", constant_name(root.name), rule.number);
            quote!(&#private::texts::#name)
        });
        Self { text: tree, owner, limits: self::limits(limits), rules: rules.collect() }
    }

    /// What is written, if the texts between the pieces of JSON are these.
    pub(super) fn tokens(&self, texts: &[*const Tree]) -> Option<TokenStream> {
        let (private, Self { owner, limits, rules, .. }) = (Private, self);
        let hole = texts.iter().position(|text| std::ptr::eq(*text, self.text))?;
        let hole = Literal::usize_unsuffixed(hole);
        let owner = match owner {
            Label::Kind(kind) => quote!(#private::Kind(#kind)),
            Label::Phrase(phrase) => quote!(#private::Phrase(#phrase)),
            // Limits of a text belong to no other object.
            _ => return None,
        };
        Some(quote!(#private::OneText(#hole, #owner, #limits, &[#(#rules),*])))
    }
}

/// The constant with the limits of a text.
pub(super) fn limits(text: &Text) -> TokenStream {
    let (private, name) = (Private, format_ident!("{}", text.name));
    quote!(&#private::texts::#name)
}

/// What a sentence calls the object around the members of an object.
pub(super) fn owner_of_members(object: &'static Object, tree: &Tree, owner: Label) -> Label {
    let mut owner = owner;
    let mut next = object.tag;
    while let Some(arm) = next.and_then(|tag| tree.arm(tag)) {
        owner = arm.object.kind.map_or(owner, Label::Kind);
        next = arm.object.tag;
    }
    object.kind.map_or(owner, Label::Kind)
}

/// The same for what is in the value of a member.
pub(super) fn owner_within(field: &Field, owner: Label) -> Label {
    match field.schema {
        Schema::Object(object) if !field.lifted => Label::Phrase(object.label),
        _ => owner,
    }
}

/// The same for what is in an item of an array.
pub(super) fn owner_of_item(items: Schema, owner: Label) -> Label {
    match items {
        Schema::Object(object) => Label::Phrase(object.label),
        _ => owner,
    }
}

/// The name of a type as that of a constant: `MESSAGE_OBJECT`.
fn constant_name(name: &str) -> String {
    let mut constant = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !constant.is_empty() {
            constant.push('_');
        }
        constant.push(letter.to_ascii_uppercase());
    }
    constant
}
