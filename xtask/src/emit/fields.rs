//! A trait for each field, so that a value of a wrong type is told in words about the field.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    builders::{Leaf, is_fixed, leaf},
    names::{ident, value_type},
};
use crate::{
    error::Result,
    model::{ArmObject, Description, Field, Object, Type},
};

pub(super) fn emit(description: &Description) -> Result<TokenStream> {
    let mut modules: BTreeMap<String, BTreeMap<String, TokenStream>> = BTreeMap::new();
    for object in description.objects().filter(|object| !object.answer) {
        for field in all_fields(object).filter(|field| !is_fixed(description, field)) {
            let class = class(&field.value);
            // One of several members has to be there when it is the only one that is written.
            let is_lone = object.at_least_one.iter().any(|group| *group == [field.name.as_str()]);
            let mut add = |class: String, required: bool| {
                let entry = modules.entry(class).or_default();
                if !entry.contains_key(&field.name) {
                    entry.insert(field.name.clone(), value(description, field, required)?);
                }
                Ok::<_, crate::error::Error>(())
            };
            if field.required || is_lone {
                add(class.clone(), true)?;
            }
            if !field.required {
                add(format!("optional_{class}"), false)?;
            }
            if let Type::List(list) = &field.value {
                let entry = modules.entry(item_class(&list.items)).or_default();
                if !entry.contains_key(&field.name) {
                    entry.insert(field.name.clone(), item(description, field, &list.items)?);
                }
            }
        }
    }
    let modules = modules.into_iter().map(|(class, fields)| {
        let (class, fields) = (ident(&class), fields.into_values());
        quote! {
            pub mod #class {
                use crate::value::field_trait;
                #(#fields)*
            }
        }
    });
    Ok(quote!(#(#modules)*))
}

fn all_fields(object: &Object) -> impl Iterator<Item = &Field> {
    let arms = object.union.iter().flat_map(|union| &union.arms);
    let inline = arms.filter_map(|arm| match &arm.object {
        ArmObject::Inline(arm) => Some(&arm.fields),
        ArmObject::Named(_) => None,
    });
    object.fields.iter().chain(inline.flatten())
}

/// The module of the trait, by which the macro finds it.
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
fn value(description: &Description, field: &Field, required: bool) -> Result<TokenStream> {
    let name = ident(&field.name);
    let message = format!(
        "`{}` takes {}, and this is `{{Self}}`",
        field.name,
        takes(description, &field.value)
    );
    let label = format!("expected {}", takes(description, &field.value));
    let mut notes = notes(&field.value);
    if !required {
        notes.push(format!("an `Option` leaves `{}` out where it is `None`", field.name));
    }
    let kind = match (&field.value, required) {
        (Type::Text(text), true) if text.values.is_none() => quote!(text),
        (Type::Text(text), false) if text.values.is_none() => quote!(optional_text),
        (Type::List(list), required) => {
            let items = value_type(&list.items)?;
            if required { quote!(list #items) } else { quote!(optional_list #items) }
        }
        (other, required) => {
            let kind = value_type(other)?;
            if required { quote!(value #kind) } else { quote!(value Option<#kind>) }
        }
    };
    Ok(quote!(field_trait!(#name, #kind, #message, #label #(, #notes)*);))
}

/// The trait of an item of an array.
fn item(description: &Description, field: &Field, items: &Type) -> Result<TokenStream> {
    let name = ident(&field.name);
    let takes = takes(description, items);
    let message = format!("an item of `{}` is {takes}, and this is `{{Self}}`", field.name);
    let (label, notes) = (format!("expected {takes}"), notes(items));
    let kind = match items {
        Type::Text(text) if text.values.is_none() => quote!(text),
        other => {
            let kind = value_type(other)?;
            quote!(value #kind)
        }
    };
    Ok(quote!(field_trait!(#name, #kind, #message, #label #(, #notes)*);))
}

/// What a field takes, in words.
fn takes(description: &Description, value: &Type) -> String {
    match value {
        Type::Text(text) if text.values.is_none() => "a text".to_owned(),
        Type::Text(_) | Type::OpenEnum(_) => "one of its values".to_owned(),
        Type::Integer { .. } => "a whole number".to_owned(),
        Type::Number { .. } => "a number".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Json { .. } | Type::Any => "a JSON object".to_owned(),
        Type::List(list) => {
            format!("an array, an item of which is {}", takes(description, &list.items))
        }
        Type::Object(name) => {
            let label = description.object(name).map_or(name, |object| &object.label);
            match leaf(description, value) {
                Some(Leaf::Text) => format!("{label} or a text"),
                Some(Leaf::Number) => format!("{label} or a whole number"),
                None => label.clone(),
            }
        }
    }
}

/// What can be done about a value of another type.
fn notes(value: &Type) -> Vec<String> {
    match value {
        Type::Text(text) => match &text.values {
            None => vec![
                "a value with `Display` becomes a text by `.to_string()`, one with `AsRef<str>` by `.as_ref()`".to_owned(),
                "a type of your own is a text when it implements `wa_message::value::IntoText`".to_owned(),
            ],
            Some(name) => vec![format!(
                "its values are those of `wa_message::types::{name}`; a literal is written as a text"
            )],
        },
        Type::Integer { .. } => {
            vec!["it is an `i64`, or a smaller integer; others are converted by `i64::try_from`".to_owned()]
        }
        Type::Number { .. } => {
            vec!["it is an `f64`, an `f32` or an integer of up to 32 bits".to_owned()]
        }
        Type::Json { .. } | Type::Any => {
            vec!["it is written in braces, or a `serde_json::Map<String, serde_json::Value>`".to_owned()]
        }
        Type::Boolean | Type::OpenEnum(_) => Vec::new(),
        Type::List(list) => {
            let items = match &list.items {
                Type::Object(name) => format!("each is written in braces, or a `wa_message::types::{name}`"),
                _ => "it is written in brackets".to_owned(),
            };
            vec![items, "an array is also a `Vec`, a slice or any iterator".to_owned()]
        }
        Type::Object(name) => {
            vec![format!("it is written in braces, or a `wa_message::types::{name}`")]
        }
    }
}
