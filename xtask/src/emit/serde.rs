//! The types as types of serde: a line for each, of what the macros of the library need to know.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    model::Type,
    rust::{Members, Rust, RustType, Words},
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let mut objects = Vec::new();
    let mut arms = Vec::new();
    let mut contents = Vec::new();
    for RustType { name, table, is_arm, members, union, .. } in &rust.types {
        if *is_arm { &mut arms } else { &mut objects }.push(quote!(#name: #table,));
        if let (Some(_), Some(union)) = (members, union) {
            let (name, content) = (&union.name, format_ident!("{table}_CONTENT"));
            arms.push(quote!(#name: #content,));
            contents.push(quote!(static #content: Object = only_tag(&#table);));
        }
    }
    let words = rust.words.iter().filter(|words| !words.variants.is_empty()).map(word_set);
    let answers = rust.answers.iter().map(answer);
    quote! {
        use super::wire::*;
        use crate::types::serde::{answers, objects, words};
        use wa_message_rules::table::{Object, only_tag};
        use wa_message_spec::tables::*;
        #(#contents)*
        objects! { Write: #(#objects)* }
        objects! { Members: #(#arms)* }
        words! { #(#words)* }
        answers! { #(#answers)* }
    }
}

fn word_set(words: &Words<'_>) -> TokenStream {
    let Words { name, values, variants } = words;
    let texts = &values.values;
    quote!(#name: #(#variants #texts)*,)
}

fn answer(ty: &RustType<'_>) -> TokenStream {
    let members = ty.members.iter().flat_map(Members::by_name);
    let members = members.filter_map(|member| member.field()).map(|(rust, field)| {
        let json = &field.name;
        let presence = match &field.value {
            _ if field.required => quote!(Required),
            Type::List(_) => quote!(List),
            _ => quote!(Optional),
        };
        quote!(#rust #json #presence)
    });
    let name = &ty.name;
    quote!(#name: #(#members)*,)
}
