//! The traits of the names that stand for items of an array in the short form.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Modules, TAKEN_APART, called, class, item_class, notes, plural, takes, takes_text};
use crate::{
    limits::either,
    model::{ByName, Field, List, Object, Type, Union},
    names::{ident, value_type},
    rust::Rust,
};

pub(super) fn add(rust: &Rust<'_>, array: &Field, by_name: &ByName, modules: &mut Modules) {
    let Type::List(list) = &array.value else { return };
    let Some(arm) = arm(rust, list, by_name) else { return };
    let Some(holds) = &by_name.holds else {
        let traits = modules.entry(by_name.name.clone()).or_default();
        for (class, of_items) in items(rust, list, by_name, arm) {
            traits.entry(class).or_insert(of_items);
        }
        return;
    };
    let Some(held) = arm.fields.iter().find(|field| field.name == *holds) else { return };
    super::add(rust, &called(held, &by_name.name), modules);
    if by_name.keyed_by.is_some()
        && let Type::List(list) = &held.value
        && let Some(field) =
            object(rust, &list.items).and_then(|object| rust.description.natural(object))
    {
        let class = format!("named_{}", class(&field.value));
        let named = named(rust, field, by_name, &class);
        modules.entry(by_name.name.clone()).or_default().entry(class).or_insert(named);
    }
}

fn object<'d>(rust: &'d Rust<'d>, value: &Type) -> Option<&'d Object> {
    match value {
        Type::Object(name) => rust.description.object(name),
        _ => None,
    }
}

/// What an item has that is written by a name.
fn arm<'d>(rust: &'d Rust<'d>, list: &List, by_name: &ByName) -> Option<&'d Object> {
    let union = object(rust, &list.items)?.union.as_ref()?;
    let arm = union.arms.iter().find(|arm| arm.value == by_name.value)?;
    rust.description.arm_object(arm)
}

/// The traits of a name that stands for several items: of the array, and of an item.
fn items(
    rust: &Rust<'_>,
    list: &List,
    by_name: &ByName,
    arm: &Object,
) -> [(String, TokenStream); 2] {
    let (name, label) = (&by_name.name, &arm.label);
    let kind = value_type(&list.items);
    let array_class = class(&Type::List(Box::new(list.clone())));
    let several = plural(label);
    let (of_array, of_item) = (ident(&array_class), ident(&item_class(&list.items)));
    let kinds = arm.union.as_ref().and_then(|union| behind_its_kind(rust, union));
    let type_note = format!("it is written in braces, or a `wa_message::types::{}`", arm.name);
    let array = {
        let message = format!("`{name}` takes an array of {several}, and this is `{{Self}}`");
        let label = format!("expected an array of {several}");
        let written =
            "an array is written in brackets; a `Vec`, a slice and any iterator are arrays too";
        let items = kinds.iter().map(|kinds| format!("of a text, an item is {kinds}"));
        let notes = std::iter::once(written.to_owned()).chain(items);
        quote!(field_trait!(#of_array, list #kind, #message, #label #(, #notes)*);)
    };
    let message = format!("an item of `{name}` is {label}, and this is `{{Self}}`");
    let expected = format!("expected {label}");
    let kinds = kinds.map(|kinds| format!("write {kinds}"));
    let notes =
        kinds.into_iter().chain([type_note, "an `Option` is spread: `[..option]`".to_owned()]);
    let item = quote!(field_trait!(#of_item, value #kind, #message, #expected #(, #notes)*););
    [(array_class, array), (item_class(&list.items), item)]
}

/// How a text is written behind the kinds that it is enough for.
fn behind_its_kind(rust: &Rust<'_>, union: &Union) -> Option<String> {
    let kinds = union.arms.iter().filter(|arm| {
        let natural =
            rust.description.arm_object(arm).and_then(|object| rust.description.natural(object));
        natural.is_some_and(|field| takes_text(rust, &field.value))
    });
    let kinds: Vec<_> = kinds.map(|arm| format!("`{{{{ {}: .. }}}}`", arm.value)).collect();
    (!kinds.is_empty()).then(|| either(kinds))
}

/// The trait of a value that has a name beside others.
fn named(rust: &Rust<'_>, field: &Field, by_name: &ByName, class: &str) -> TokenStream {
    let (name, takes) = (ident(class), takes(rust, &field.value));
    let message = format!("a named value of `{}` is {takes}, and this is `{{Self}}`", by_name.name);
    let label = format!("expected {takes}");
    let mut notes = notes(rust, &field.value);
    notes.push(TAKEN_APART.to_owned());
    let kind = match &field.value {
        Type::Text(text) if text.values.is_none() => quote!(text),
        other => {
            let kind = value_type(other);
            quote!(value #kind)
        }
    };
    quote!(field_trait!(#name, #kind, #message, #label #(, #notes)*);)
}
