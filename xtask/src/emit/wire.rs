//! The wire types, in modules of a few.
//!
//! The compiler makes the code of a module in one piece, and several modules at once. In one module the
//! types would take as long as all the rest.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, Type};

use crate::{error::Result, rust::Rust, types::without_derives};

pub(super) fn emit(rust: &Rust<'_>) -> Result<TokenStream> {
    let is_words = |name: &str| rust.words.iter().any(|words| words.name == name);
    // They have a writer, by which they are shown and compared.
    let is_written = |name: &str| !is_words(name) && rust.names.iter().any(|known| known == name);
    let mut modules: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    let mut others = Vec::new();
    for item in &rust.file.items {
        let Some(name) = type_of(item) else {
            others.push(item);
            continue;
        };
        let mut item = item.clone();
        match &mut item {
            // The library writes them for all sets of words.
            Item::Impl(_) if is_words(&name) => continue,
            Item::Struct(syn::ItemStruct { attrs, .. })
            | Item::Enum(syn::ItemEnum { attrs, .. })
                if is_written(&name) =>
            {
                without_derives(attrs, &["Debug", "PartialEq"])?;
            }
            _ => {}
        }
        modules.entry(first_word(&name)).or_default().push(item);
    }
    // A word may be a keyword, or the name of a module of typify.
    let names: Vec<_> = modules.keys().map(|word| format_ident!("{word}_types")).collect();
    let items = modules.values();
    Ok(quote! {
        #(#others)*
        #(
            mod #names {
                #[allow(unused_imports)]
                use super::*;
                #(#items)*
            }
            pub use #names::*;
        )*
    })
}

/// The type that an item is about.
fn type_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Impl(item) => match &*item.self_ty {
            Type::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        },
        _ => None,
    }
}

/// Types that belong together begin with the same word.
fn first_word(name: &str) -> String {
    let name = name.to_snake_case();
    name.split('_').next().unwrap_or(&name).to_owned()
}
