//! The checks of texts that the program evaluates, where nothing else is open.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use wa_message_rules::{
    Label,
    table::{Object, Text},
};

use super::{field::Private, proof::TextRule};
use crate::tree::Tree;

/// A check of a text that is hoisted.
pub(super) struct Check {
    text: *const Tree,
    /// The variant of `Check`, and what is in it behind the number of the text.
    asked: (Ident, TokenStream),
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
        let (private, limits) = (Private, self::limits(limits));
        let (variant, owner) = match owner {
            Label::Kind(kind) => ("InKind", kind),
            Label::Phrase(phrase) => ("In", phrase),
            _ => return None,
        };
        let mut rules = rules.iter().filter(|rule| rule.applies && rule.looks_at(tree));
        let asked = match rules.next() {
            None => (format_ident!("{variant}"), quote!(#owner, #limits)),
            Some(first) => {
                // The constant has the rules behind it too that depend on the same.
                let name = format_ident!("{}_RULES_{}", root.constant, first.number);
                (format_ident!("{variant}With"), quote!(#owner, #limits, #private::#name))
            }
        };
        Some(Self { text: tree, asked })
    }

    /// The check as an expression, if the text is among the values between the pieces of JSON.
    pub(super) fn expression(&self, values: &[*const Tree]) -> Option<TokenStream> {
        let hole = values.iter().position(|value| std::ptr::eq(*value, self.text))?;
        let hole = Literal::u8_unsuffixed(u8::try_from(hole).ok()?);
        let (private, (variant, asked)) = (Private, &self.asked);
        Some(quote!(#private::#variant(#hole, #asked)))
    }
}

/// The constant with the limits of a text.
pub(super) fn limits(text: &Text) -> TokenStream {
    let (private, name) = (Private, format_ident!("{}", text.name));
    quote!(#private::#name)
}
