//! Names and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use crate::{
    error::{Error, Result},
    lower::rust_type,
    model::{Field, Type},
};

pub(super) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

/// The name of the static with the table of an object.
pub(super) fn table(name: &str) -> Ident {
    format_ident!("{}", heck::ToShoutySnakeCase::to_shouty_snake_case(name))
}

/// The type of a required value.
pub(super) fn value_type(value: &Type) -> Result<TokenStream> {
    let rust = rust_type(value);
    rust.parse()
        .map_err(|_| Error::Tool { tool: "the emitter", message: format!("no type `{rust}`") })
}

/// The type of a member.
pub(super) fn member_type(field: &Field) -> Result<TokenStream> {
    let value = value_type(&field.value)?;
    Ok(if field.required { value } else { quote::quote!(::core::option::Option<#value>) })
}
