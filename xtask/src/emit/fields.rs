//! A trait for each field, so that a value of a wrong type is told in words about the field.
//!
//! Traits of one name take the same values, in the modules of all fields. So the compiler never points
//! from one to another that has its name and would take the value.

mod by_name;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::builders::{Leaf, leaf};
use crate::{
    limits::either,
    model::{Field, List, Type},
    names::{ident, value_type},
    rust::Rust,
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let mut modules = Modules::new();
    for ty in &rust.types {
        let object = ty.object;
        for field in ty.all_fields() {
            // One of several members has to be there when it is the only one that is written.
            let is_lone = object.at_least_one.iter().any(|group| *group == [field.name.as_str()]);
            if is_lone {
                let field = Field { required: true, ..field.clone() };
                add(rust, &field, &mut modules);
                add_addressee(rust, &field, &mut modules);
            }
            add(rust, field, &mut modules);
            for by_name in &field.by_name {
                by_name::add(rust, field, by_name, &mut modules);
            }
        }
        // The value of a tag, written as a name, stands for the natural member of its arm.
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            if let Some(inner) = rust.description.arm_object(arm)
                && let Some(field) = rust.description.natural(inner)
            {
                add(rust, &called(field, &arm.value), &mut modules);
            }
        }
    }
    let modules = modules.into_iter().map(|(field, traits)| {
        let (field, traits) = (ident(&field), traits.into_values());
        quote! {
            pub mod #field {
                use crate::value::field_trait;
                #(#traits)*
            }
        }
    });
    quote!(#(#modules)*)
}

const TAKEN_APART: &str =
    "an `Option` or a `Result` is taken apart before, as by `?` or `.unwrap_or_default()`";

/// The trait of a member that takes an addressee. The macro has the same name.
const ADDRESSEE: &str = "addressee";

/// The traits of the fields, by the name of the field and the name of the trait.
type Modules = BTreeMap<String, BTreeMap<String, TokenStream>>;

fn add(rust: &Rust<'_>, field: &Field, modules: &mut Modules) {
    let mut class = class(&field.value);
    if !field.required {
        class = format!("optional_{class}");
    }
    let traits = modules.entry(field.name.clone()).or_default();
    traits.entry(class.clone()).or_insert_with(|| value(rust, field, &class));
    if let Type::List(list) = &field.value {
        let class = item_class(&list.items);
        traits.entry(class.clone()).or_insert_with(|| item(rust, field, list, &class));
    }
}

/// The trait of a member that takes an addressee, too.
fn add_addressee(rust: &Rust<'_>, field: &Field, modules: &mut Modules) {
    if !field.addressee.is_empty() {
        let traits = modules.entry(field.name.clone()).or_default();
        traits.insert(ADDRESSEE.to_owned(), of_kind(rust, field, ADDRESSEE, &quote!(addressee)));
    }
}

fn called(field: &Field, name: &str) -> Field {
    Field { name: name.to_owned(), ..field.clone() }
}

/// The name of the trait, by which the macro finds it.
fn class(value: &Type) -> String {
    match value {
        Type::Text(text) => text.values.clone().unwrap_or_else(|| "text".to_owned()),
        Type::Integer { .. } => "integer".to_owned(),
        Type::Number { .. } => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Json { .. } | Type::Any => "json".to_owned(),
        Type::List(list) => format!("list_of_{}", class(&list.items)),
        Type::Object(name) | Type::OpenEnum(name) => name.clone(),
    }
}

fn item_class(items: &Type) -> String {
    format!("item_{}", class(items))
}

/// The trait of the value of a field.
fn value(rust: &Rust<'_>, field: &Field, class: &str) -> TokenStream {
    let kind = match (&field.value, field.required) {
        (Type::Text(text), true) if text.values.is_none() => quote!(text),
        (Type::Text(text), false) if text.values.is_none() => quote!(optional_text),
        (Type::List(list), required) => {
            let items = value_type(&list.items);
            if required { quote!(list #items) } else { quote!(optional_list #items) }
        }
        (other, required) => {
            let kind = value_type(other);
            if required { quote!(value #kind) } else { quote!(value Option<#kind>) }
        }
    };
    of_kind(rust, field, class, &kind)
}

/// The trait of the value of a field, with the words about it.
fn of_kind(rust: &Rust<'_>, field: &Field, class: &str, kind: &TokenStream) -> TokenStream {
    let name = ident(class);
    let message =
        format!("`{}` takes {}, and this is `{{Self}}`", field.name, takes(rust, &field.value));
    let label = format!("expected {}", takes(rust, &field.value));
    let mut notes = notes(rust, &field.value);
    let name_of = &field.name;
    notes.push(if field.required {
        format!("`{name_of}` is needed: {TAKEN_APART}")
    } else {
        format!("an `Option` leaves `{name_of}` out where it is `None`")
    });
    quote!(field_trait!(#name, #kind, #message, #label #(, #notes)*);)
}

/// The trait of an item of an array.
fn item(rust: &Rust<'_>, field: &Field, list: &List, class: &str) -> TokenStream {
    let (items, name) = (&list.items, ident(class));
    let takes = takes(rust, items);
    let (label, mut notes) = (format!("expected {takes}"), notes(rust, items));
    // The only item of an array is written without brackets.
    let (message, note) = if list.max == Some(1) {
        (format!("`{}` takes {takes}, and this is `{{Self}}`", field.name), TAKEN_APART)
    } else {
        let message = format!("an item of `{}` is {takes}, and this is `{{Self}}`", field.name);
        (message, "an `Option` is spread: `[..option]`")
    };
    notes.push(note.to_owned());
    let kind = match items {
        Type::Text(text) if text.values.is_none() => quote!(text),
        other => {
            let kind = value_type(other);
            quote!(value #kind)
        }
    };
    quote!(field_trait!(#name, #kind, #message, #label #(, #notes)*);)
}

/// What a field takes, in words.
fn takes(rust: &Rust<'_>, value: &Type) -> String {
    match value {
        Type::Text(text) if text.values.is_none() => "a text".to_owned(),
        Type::Text(_) | Type::OpenEnum(_) => "one of its values".to_owned(),
        Type::Integer { .. } => "a whole number".to_owned(),
        Type::Number { .. } => "a number".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Json { .. } | Type::Any => "a JSON object".to_owned(),
        Type::List(list) => format!("an array of {}", plural(&takes(rust, &list.items))),
        // What a bare value stands for is what people write.
        Type::Object(name) => match bare(rust, value) {
            Some(Leaf::Text) => "a text".to_owned(),
            Some(Leaf::Number) => "a whole number".to_owned(),
            None => rust.description.object(name).map_or(name, |object| &object.label).clone(),
        },
    }
}

/// What a bare value in the place of an object is, also of one whose tag a text chooses.
fn bare(rust: &Rust<'_>, value: &Type) -> Option<Leaf> {
    let of_arm = || match value {
        Type::Object(name) => {
            match &rust.description.natural(rust.description.object(name)?)?.value {
                Type::Text(text) if text.values.is_none() => Some(Leaf::Text),
                _ => None,
            }
        }
        _ => None,
    };
    leaf(rust, value).or_else(of_arm)
}

/// Several of what a sentence calls "a row".
fn plural(one: &str) -> String {
    let name = one.strip_prefix("an ").or_else(|| one.strip_prefix("a ")).unwrap_or(one);
    let consonant = |name: &str| !name.ends_with(['a', 'e', 'i', 'o', 'u']);
    match name.strip_suffix('y') {
        Some(stem) if consonant(stem) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) || name.ends_with("ch") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// What can be done about a value of another type.
fn notes(rust: &Rust<'_>, value: &Type) -> Vec<String> {
    let text = || {
        vec![
            "a value with `Display`, such as a number, becomes a text by `.to_string()`".to_owned(),
            "a type of your own is a text when it implements `wa_message::value::IntoText`"
                .to_owned(),
        ]
    };
    let object = |name: &str| format!("it is written in braces, or a `wa_message::types::{name}`");
    match value {
        Type::Text(text_type) => match &text_type.values {
            None => text(),
            Some(name) => vec![format!(
                "its values are those of `wa_message::types::{name}`; a literal is written as a text"
            )],
        },
        Type::Integer { .. } => {
            vec!["a smaller integer fits as it is, a larger one by `i64::try_from(..)`, a float by `.round() as i64`".to_owned()]
        }
        Type::Number { .. } => {
            vec!["it is an `f64`, an `f32` or an integer of up to 32 bits".to_owned()]
        }
        Type::Json { .. } | Type::Any => {
            vec![
                "it is written in braces, or a `serde_json::Map<String, serde_json::Value>`"
                    .to_owned(),
            ]
        }
        Type::Boolean | Type::OpenEnum(_) => Vec::new(),
        Type::List(list) => {
            let mut notes = vec![
                "an array is written in brackets; a `Vec`, a slice and any iterator are arrays too"
                    .to_owned(),
            ];
            if takes_text(rust, &list.items) {
                notes.push("a single text stands in brackets: `[name]`".to_owned());
            }
            if let Type::Object(name) = &list.items {
                notes.push(format!("an item is a `wa_message::types::{name}`; of other things it is made by `[for thing in things {{{{ .. }}}}]`"));
            }
            notes
        }
        Type::Object(name) => match bare(rust, value) {
            Some(Leaf::Text) => text().into_iter().take(1).chain([object(name)]).collect(),
            _ => in_braces(rust, name).into_iter().chain([object(name)]).collect(),
        },
    }
}

/// Whether a bare text can stand for a value.
fn takes_text(rust: &Rust<'_>, value: &Type) -> bool {
    match value {
        Type::Text(text) => text.values.is_none(),
        Type::List(list) => takes_text(rust, &list.items),
        Type::Object(name) => {
            let object = rust.description.object(name);
            let natural = object.and_then(|object| rust.description.natural(object));
            natural.is_some_and(|field| takes_text(rust, &field.value))
        }
        _ => false,
    }
}

/// How an object is written that is made for one of several members.
fn in_braces(rust: &Rust<'_>, name: &str) -> Option<String> {
    let groups = &rust.description.object(name)?.exactly_one;
    let written = groups.iter().map(|group| {
        let members: Vec<_> = group.iter().map(|name| format!("{name}: ..")).collect();
        format!("`{{{{ {} }}}}`", members.join(", "))
    });
    (!groups.is_empty()).then(|| format!("write {}", either(written)))
}
