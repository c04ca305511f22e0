//! The limits of texts, and the rules that look at one text alone.
//!
//! Each is a constant by itself, so that a program links those that its messages need, and not the tables.

use std::cell::RefCell;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    model::{Asks, Condition, Object, Rule, Step, Text},
    names::table,
};

/// The constants that the tables have asked for.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The limits, each with what they are in tokens, as a text that can be compared.
    limits: RefCell<Vec<(String, String, TokenStream)>>,
    rules: RefCell<Vec<TokenStream>>,
}

impl Texts {
    /// The constant of the limits of a text, which are `entry` once they have a name. It is a reference, which
    /// costs the compiler of a message less than a constant to refer to.
    pub(super) fn limits(
        &self,
        text: &Text,
        entry: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let content = entry(TokenStream::new()).to_string();
        let mut known = self.limits.borrow_mut();
        if let Some((name, ..)) = known.iter().find(|(_, known, _)| *known == content) {
            let name = format_ident!("{name}");
            return quote!(texts::#name);
        }
        let name = free_name(&name_of(text), |name| known.iter().any(|(known, ..)| known == name));
        let value = entry(quote!(#name));
        let constant = format_ident!("{name}");
        known.push((
            name,
            content,
            quote! {
                #[doc(hidden)]
                pub const #constant: &Text = &#value;
            },
        ));
        quote!(texts::#constant)
    }

    /// The constant of a rule that asks a form of one text of its object alone.
    pub(super) fn rule(&self, object: &Object, rule: &Rule, value: &TokenStream) -> Option<Ident> {
        let name = |number: &usize| format_ident!("{}_RULE_{number}", table(&object.name));
        let alike = alike(object, rule)?;
        let number = object.rules.iter().position(|known| std::ptr::eq(known, rule))?;
        let mut rules = self.rules.borrow_mut();
        let constant = name(&number);
        rules.push(quote! {
            #[doc(hidden)]
            pub const #constant: Rule = #value;
        });
        if alike.first() == Some(&number) {
            let set = format_ident!("{}_RULES_{number}", table(&object.name));
            let names = alike.iter().map(name);
            rules.push(quote! {
                #[doc(hidden)]
                pub const #set: &[&Rule] = &[#(&#names),*];
            });
        }
        Some(constant)
    }

    /// All that were asked for.
    pub(super) fn emit(self) -> TokenStream {
        let mut limits = self.limits.into_inner();
        limits.sort_by(|one, other| one.0.cmp(&other.0));
        let rules = self.rules.into_inner();
        let has_format = limits.iter().any(|(_, content, _)| content.contains("Format ::"));
        let used = if has_format { quote!({format::Format, table::*}) } else { quote!(table::*) };
        let limits = limits.into_iter().map(|(.., constant)| constant);
        quote! {
            //! The limits of texts, and the rules that look at one text alone, each by itself.

            use super::patterns;
            use wa_message_rules::#used;
            #(#limits)*
            #(#rules)*
        }
    }
}

/// The text that a rule asks a form of, and what else it depends on.
fn text_and_others(rule: &Rule) -> Option<(&str, Vec<&Condition>)> {
    let Asks::Matches(path, _) = &rule.asks else { return None };
    let ([Step::Member(text)], false) = (path.as_slice(), rule.says.is_empty()) else {
        return None;
    };
    let of_itself =
        |condition: &&Condition| matches!(condition, Condition::Matches(known, _) if known == path);
    Some((text, rule.when.iter().filter(|condition| !of_itself(condition)).collect()))
}

/// The numbers of the rules that ask a form of the same text, and depend on the same. The macro finds the
/// same ones together.
fn alike(object: &Object, rule: &Rule) -> Option<Vec<usize>> {
    let wanted = text_and_others(rule).filter(|_| !object.name.is_empty())?;
    let rules = object.rules.iter().enumerate();
    let alike = rules.filter(|(_, rule)| text_and_others(rule).as_ref() == Some(&wanted));
    Some(alike.map(|(number, _)| number).collect())
}

/// The beginning of the names of the constants of an object, if it has rules that need one.
pub(super) fn constant(object: &Object) -> String {
    let has_one = object.rules.iter().any(|rule| alike(object, rule).is_some());
    if has_one { table(&object.name).to_string() } else { String::new() }
}

/// A name that says most of the limits: `FROM_1_TO_24_RULE_30`.
fn name_of(text: &Text) -> String {
    let max = text.max.map(|max| format!("_TO_{max}"));
    let number = text.numbers.first().map(|(_, number)| format!("_RULE_{number}"));
    let format = text.format.as_ref().map(|format| format!("_{}", table(format.as_str())));
    let form = format.or_else(|| text.pattern.as_ref().map(|_| "_PATTERN".to_owned()));
    let parts = [max, number, form].into_iter().flatten();
    parts.fold(format!("FROM_{}", text.min), |name, part| name + &part)
}

fn free_name(name: &str, is_known: impl Fn(&str) -> bool) -> String {
    if !is_known(name) {
        return name.to_owned();
    }
    let numbered = (2..).map(|number: usize| format!("{name}_{number}"));
    numbered.into_iter().find(|name| !is_known(name)).unwrap_or_default()
}
