//! Constructors of the arms of unions: `Header::text("Tonight")`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    model::Description,
    names::{ident, value_type},
    rust::{Members, Rust, RustType, RustVariant},
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let unions = rust.types.iter().filter(|ty| ty.members.is_none());
    let unions = unions.map(|ty| union(rust.description, ty));
    quote!(arms! { #(#unions)* })
}

fn union(description: &Description, ty: &RustType<'_>) -> TokenStream {
    let mut functions = Vec::new();
    for arm in ty.union.iter().flat_map(|union| &union.variants) {
        let Some(members) = &arm.members else { continue };
        functions.push(function(arm, members, &arm.value.to_snake_case(), None));
        let is_natural = ty.object.natural.as_ref().is_some_and(|natural| {
            arm.object.fields.iter().any(|field| field.name == *natural && field.required)
        });
        let key = arm.object.fields.iter().find(|field| is_key(description, &field.name));
        if let Some(key) = key.filter(|_| is_natural) {
            functions.push(function(arm, members, "named", Some(&key.name)));
        }
    }
    let name = &ty.name;
    if functions.is_empty() { TokenStream::new() } else { quote!(#name { #(#functions)* }) }
}

/// Whether the short form writes this member as a name in the place of a position.
fn is_key(description: &Description, name: &str) -> bool {
    let fields = description.objects().flat_map(|object| {
        let arms = object.union.iter().flat_map(|union| &union.arms);
        let inner = arms.filter_map(|arm| description.arm_object(arm));
        object.fields.iter().chain(inner.flat_map(|inner| &inner.fields))
    });
    let mut names = fields.flat_map(|field| &field.by_name);
    names.any(|by_name| by_name.keyed_by.as_deref() == Some(name))
}

/// A function of what is required, behind an optional member if one is given.
fn function(
    arm: &RustVariant<'_>,
    members: &Members<'_>,
    name: &str,
    given: Option<&str>,
) -> TokenStream {
    let (mut first, mut required, mut absent) = (Vec::new(), Vec::new(), Vec::new());
    for (rust, field) in members.fields() {
        let kind = value_type(&field.value);
        if field.required {
            required.push(quote!(#rust: #kind));
        } else if given == Some(field.name.as_str()) {
            first.push(quote!(#rust: #kind));
        } else {
            absent.push(rust);
        }
    }
    let (function, variant, mut doc) = (ident(name), &arm.name, arm.object.description.clone());
    if let Some(given) = given {
        doc = format!("{doc} With its `{given}`.");
    }
    quote! {
        #doc #function #variant (#(#first),*) (#(#required),*) [#(#absent),*];
    }
}
