//! Constructors of the arms of unions: `Header::text("Tonight")`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    emit::names::{ident, value_type},
    error::{Error, Result},
    lower::Shape,
    model::{ArmObject, Description, Object},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let unions = description.objects().filter(|object| !object.answer);
    let unions = unions.filter(|object| object.shape() == Shape::Enum);
    let unions = unions.map(|object| union(description, types, object));
    let unions = unions.collect::<Result<Vec<_>>>()?;
    Ok(quote!(arms! { #(#unions)* }))
}

fn union(description: &Description, types: &Types, object: &Object) -> Result<TokenStream> {
    let name = ident(object.enum_name());
    let mut functions = Vec::new();
    for arm in object.union.iter().flat_map(|union| &union.arms) {
        let ArmObject::Inline(inner) = &arm.object else { continue };
        let constructor = Constructor { description, types, object, inner, value: &arm.value };
        functions.push(constructor.function(&arm.value.to_snake_case(), None)?);
        let is_natural = object.natural.as_ref().is_some_and(|natural| {
            inner.fields.iter().any(|field| field.name == *natural && field.required)
        });
        let key = inner.fields.iter().find(|field| is_key(description, &field.name));
        if let Some(key) = key.filter(|_| is_natural) {
            functions.push(constructor.function("named", Some(&key.name))?);
        }
    }
    Ok(if functions.is_empty() { TokenStream::new() } else { quote!(#name { #(#functions)* }) })
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

struct Constructor<'c> {
    description: &'c Description,
    types: &'c Types,
    object: &'c Object,
    inner: &'c Object,
    value: &'c str,
}

impl Constructor<'_> {
    /// A function of what is required, behind an optional member if one is given.
    fn function(&self, name: &str, given: Option<&str>) -> Result<TokenStream> {
        let Self { description, types, object, inner, value } = self;
        let variant = ident(types.variant(object.enum_name(), value)?);
        let members = types.variant_members(object.enum_name(), value)?;
        let (mut first, mut required, mut absent) = (Vec::new(), Vec::new(), Vec::new());
        for field in inner.fields.iter().filter(|field| description.constant(field).is_none()) {
            let member = members.iter().find(|(json, _)| *json == field.name);
            let (_, rust) = member.ok_or_else(|| Error::Tool {
                tool: "the emitter",
                message: format!("no member `{}`", field.name),
            })?;
            let (rust, kind) = (ident(rust), value_type(&field.value)?);
            if field.required {
                required.push(quote!(#rust: #kind));
            } else if given == Some(field.name.as_str()) {
                first.push(quote!(#rust: #kind));
            } else {
                absent.push(rust);
            }
        }
        let (function, mut doc) = (ident(name), inner.description.clone());
        if let Some(given) = given {
            doc = format!("{doc} With its `{given}`.");
        }
        Ok(quote! {
            #doc #function #variant (#(#first),*) (#(#required),*) [#(#absent),*];
        })
    }
}
