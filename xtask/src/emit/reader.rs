//! A reader of the canonical form, straight into the types.
//!
//! A value begins blank and is filled, member by member. What is emitted says only which member goes
//! where: it is compiled for every type, and the work is done by code that knows none.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    model::Constant,
    rust::{Held, Members, Rust, RustType, RustUnion},
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let items = rust.types.iter().map(object);
    quote! {
        use super::wire::*;
        use crate::json::{composed, structure, union};
        #(#items)*
    }
}

fn object(ty: &RustType<'_>) -> TokenStream {
    let (name, lines) = (&ty.name, ty.members.as_ref().map(lines));
    match (&lines, ty.union.as_ref().map(union)) {
        // Each reads its members, and the union refuses what belongs to neither.
        (Some(_), Some(content)) => quote!(composed! { #name #lines } #content),
        (Some(_), None) => quote!(structure! { #name #lines }),
        (None, union) => quote!(#union),
    }
}

/// The members in braces, and those that are always the same in brackets, each with its name in JSON.
fn lines(members: &Members<'_>) -> TokenStream {
    let fields = members.fields().map(|(rust, field)| {
        let (json, presence) = (&field.name, field.required);
        quote!(#rust #json #presence)
    });
    let constants = members.0.iter().filter_map(|member| {
        let json = member.json;
        match member.held {
            Held::Constant(Constant::Text(value)) => Some(quote!(#json Text(#value))),
            Held::Constant(Constant::Number(value)) => Some(quote!(#json Number(#value))),
            _ => None,
        }
    });
    quote!({ #(#fields),* } [#(#constants),*])
}

fn union(union: &RustUnion<'_>) -> TokenStream {
    let (name, tag) = (&union.name, &union.union.tag);
    let arms = union.variants.iter().enumerate().map(|(at, variant)| {
        let (value, name) = (variant.value, &variant.name);
        let is_default = union.union.default == Some(at);
        let inner = variant.members.as_ref().map_or_else(|| quote!(()), lines);
        quote!(#value #is_default #name #inner;)
    });
    quote!(union! { #name #tag #(#arms)* })
}
