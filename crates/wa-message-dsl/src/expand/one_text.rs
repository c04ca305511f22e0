//! The checks of texts that the program evaluates, where nothing else is open.

use proc_macro2::TokenStream;
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
    /// What is called on the text.
    call: TokenStream,
}

impl Check {
    /// The check of a text with these limits, within what a sentence calls by the name `owner`. There is
    /// none for an owner that has no text of its own.
    pub(super) fn new(
        tree: &Tree,
        limits: &Text,
        owner: Label,
        root: &Object,
        rules: &[TextRule],
    ) -> Option<Self> {
        let limits = self::limits(limits);
        let call = match owner {
            Label::Kind(kind) => quote!(__of_kind(#kind, #limits)),
            Label::Phrase(phrase) => quote!(__of_phrase(#phrase, #limits)),
            _ => return None,
        };
        let mut rules = rules.iter().filter(|rule| rule.applies && rule.looks_at(tree));
        let rules = rules.next().map(|first| {
            let private = Private;
            // The constant has the rules behind it too that depend on the same.
            let name = format_ident!("{}_RULES_{}", constant_name(root.name), first.number);
            quote!(.with_rules(#private::#name))
        });
        Some(Self { text: tree, call: quote!(#call #rules) })
    }

    pub(super) fn is_of(&self, tree: &Tree) -> bool {
        std::ptr::eq(self.text, tree)
    }

    pub(super) fn call(&self) -> &TokenStream {
        &self.call
    }

    /// The place of the text among the values between the pieces of JSON.
    pub(super) fn hole(&self, values: &[*const Tree]) -> Option<u8> {
        let hole = values.iter().position(|value| std::ptr::eq(*value, self.text))?;
        u8::try_from(hole).ok()
    }
}

/// The constant with the limits of a text.
pub(super) fn limits(text: &Text) -> TokenStream {
    let (private, name) = (Private, format_ident!("{}", text.name));
    quote!(&#private::#name)
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
