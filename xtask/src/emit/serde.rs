//! The types as types of serde: a line for each, of what the macros of the library need to know.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{
    names::{ident, table},
    writer::is_arm,
};
use crate::{
    error::Result,
    lower::Shape,
    model::{Description, Object, Schema, Type},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let mut words = Vec::new();
    let mut objects = Vec::new();
    let mut arms = Vec::new();
    let mut contents = Vec::new();
    let mut answers = Vec::new();
    for schema in &description.schemas {
        let object = match schema {
            Schema::Object(object) => object,
            Schema::Enum(values) => {
                if types.has_enum(&values.name) {
                    words.push(word_set(&values.name, &values.values, types)?);
                }
                continue;
            }
            Schema::OpenEnum(_) | Schema::Text(_) => continue,
        };
        let (name, table) = (ident(&object.name), table(&object.name));
        if object.answer {
            answers.push(answer(&name, object, types)?);
            continue;
        }
        if is_arm(description, object) {
            arms.push(quote!(#name: #table,));
        } else {
            objects.push(quote!(#name: #table,));
        }
        if object.shape() == Shape::Composed {
            let content = format_ident!("{table}_CONTENT");
            let name = ident(object.enum_name());
            arms.push(quote!(#name: #content,));
            contents.push(quote!(static #content: Object = only_tag(&#table);));
        }
    }
    Ok(quote! {
        use super::wire::*;
        use crate::types::serde::{answers, objects, words};
        use wa_message_rules::table::{Object, only_tag};
        use wa_message_spec::tables::*;
        #(#contents)*
        objects! { Write: #(#objects)* }
        objects! { Members: #(#arms)* }
        words! { #(#words)* }
        answers! { #(#answers)* }
    })
}

fn word_set(name: &str, words: &[String], types: &Types) -> Result<TokenStream> {
    let variants = words.iter().map(|word| types.variant(name, word).map(ident));
    let (name, variants) = (ident(name), variants.collect::<Result<Vec<_>>>()?);
    Ok(quote!(#name: #(#variants #words)*,))
}

fn answer(name: &Ident, object: &Object, types: &Types) -> Result<TokenStream> {
    let members = types.members(&object.name)?.iter().map(|(json, rust)| {
        let field = object.fields.iter().find(|field| field.name == *json);
        let presence = match field {
            Some(field) if field.required => quote!(Required),
            Some(field) if matches!(field.value, Type::List(_)) => quote!(List),
            _ => quote!(Optional),
        };
        let rust = ident(rust);
        quote!(#rust #json #presence)
    });
    Ok(quote!(#name: #(#members)*,))
}
