//! Names and types as tokens.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Field, Type};

pub(crate) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

/// The name of the static with the table of an object.
pub(crate) fn table(name: &str) -> Ident {
    format_ident!("{}", name.to_shouty_snake_case())
}

/// The type of a required value of a request.
pub(crate) fn value_type(value: &Type) -> TokenStream {
    let named = |name: &String| {
        let name = ident(name);
        quote!(crate::types::#name)
    };
    match value {
        Type::Text(text) => text.values.as_ref().map_or_else(|| quote!(crate::Text), named),
        Type::Integer { .. } => quote!(i64),
        Type::Number { .. } => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Json { .. } => quote!(::serde_json::Map<String, ::serde_json::Value>),
        Type::Any => quote!(::serde_json::Value),
        Type::List(list) => {
            let items = value_type(&list.items);
            quote!(crate::List<#items>)
        }
        Type::Object(name) | Type::OpenEnum(name) => named(name),
    }
}

/// The type of a member of a request.
pub(crate) fn member_type(field: &Field) -> TokenStream {
    let value = value_type(&field.value);
    if field.required { value } else { quote!(::core::option::Option<#value>) }
}
