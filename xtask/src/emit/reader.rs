//! A reader of the canonical form, straight into the types.
//!
//! A member that means the same whatever the tag says is read when it comes; any other one is kept
//! until the tag is known.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{
    builders::one_arm,
    names::{ident, value_type},
};
use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{Arm, ArmObject, Description, Field, Object, Schema, Union},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let emitter = Emitter { description, types };
    let mut items = Vec::new();
    for schema in &description.schemas {
        match schema {
            Schema::Enum(values) => items.push(emitter.words(&values.name, &values.values)?),
            Schema::Object(object) if !object.answer => items.push(emitter.object(object)?),
            _ => {}
        }
    }
    Ok(quote! {
        use super::wire::*;
        use crate::strict::{self, Strict, StrictMembers};
        use serde::{Deserializer, de::MapAccess};
        use serde_json::value::RawValue;
        #(#items)*
    })
}

struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
}

/// A member that is read, and the place where it is kept.
struct Place {
    json: String,
    variable: Ident,
    /// The type, unless the tag says which one it is.
    kind: Option<TokenStream>,
}

/// A member of a struct or a variant.
struct Member<'f> {
    field: &'f Field,
    rust: Ident,
}

impl Emitter<'_> {
    /// A closed set of strings.
    fn words(&self, name: &str, values: &[String]) -> Result<TokenStream> {
        let rust = ident(name);
        let variants = values.iter().map(|value| self.types.variant(name, value).map(ident));
        let variants = variants.collect::<Result<Vec<_>>>()?;
        Ok(quote! {
            impl<'de> Strict<'de> for #rust {
                fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    match strict::word(deserializer)? {
                        #(#values => Ok(Self::#variants),)*
                        _ => Err(strict::other()),
                    }
                }
            }
        })
    }

    fn object(&self, object: &Object) -> Result<TokenStream> {
        let name = ident(&object.name);
        let mut words = TokenStream::new();
        let body = match (object.shape(), &object.union) {
            (Shape::Enum | Shape::Composed, Some(union)) => self.union(object, union)?,
            (Shape::OneArm, Some(union)) => {
                let tag_type = object.tag_type();
                words = self.words(&tag_type, &[union.arms[0].value.clone()])?;
                let mut places = places(one_arm(object))?;
                let kind = ident(&tag_type);
                let place = place(&union.tag, places.len(), Some(quote!(#kind)));
                let (rust, variable) =
                    (ident(self.types.member(&object.name, &union.tag)?), place.variable.clone());
                places.push(place);
                let members = self.members(&object.name, one_arm(object))?;
                let values = values(&members, &places)?;
                let read = read(&places, places.len(), None);
                quote!(#read Ok(Self { #values #rust: strict::given(#variable)? }))
            }
            _ => {
                let places = places(&object.fields)?;
                let values = values(&self.members(&object.name, &object.fields)?, &places)?;
                let read = read(&places, places.len(), None);
                quote!(#read Ok(Self { #values }))
            }
        };
        Ok(quote! {
            #words
            impl<'de> StrictMembers<'de> for #name {
                fn strict_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
                    #body
                }
            }
        })
    }

    /// The members of a struct.
    fn members<'f>(&self, name: &str, fields: &'f [Field]) -> Result<Vec<Member<'f>>> {
        let member = |field: &'f Field| {
            let rust = self.types.member(name, &field.name)?;
            Ok(Member { field, rust: ident(rust) })
        };
        fields.iter().map(member).collect()
    }

    /// The places for the members of all arms, also of the unions that are arms.
    fn gather(&self, union: &Union, own: usize, all: &mut Vec<Place>) -> Result<()> {
        for object in union.arms.iter().filter_map(|arm| self.description.arm_object(arm)) {
            for field in &object.fields {
                add(all, own, &field.name, value_type(&field.value)?);
            }
            if let Some(inner) = &object.union {
                add(all, own, &inner.tag, quote!(&'de str));
                self.gather(inner, own, all)?;
            }
        }
        Ok(())
    }

    fn union(&self, object: &Object, union: &Union) -> Result<TokenStream> {
        let mut all = places(&object.fields)?;
        let own = all.len();
        self.gather(union, own, &mut all)?;
        let read = read(&all, own, Some(&union.tag));
        let content = self.content(object, union, &quote!(tag), &all[own..], &[])?;
        if object.shape() == Shape::Enum {
            return Ok(quote!(#read Ok(#content)));
        }
        let values = values(&self.members(&object.name, &object.fields)?, &all[..own])?;
        Ok(quote!(#read let content = #content; Ok(Self { #values content })))
    }

    /// The value of a union, by its tag. `outside` is what was read of the unions around it.
    fn content(
        &self,
        object: &Object,
        union: &Union,
        tag: &TokenStream,
        places: &[Place],
        outside: &[Ident],
    ) -> Result<TokenStream> {
        let arms = union.arms.iter().map(|arm| self.arm(object, arm, places, outside));
        let arms = arms.collect::<Result<Vec<_>>>()?;
        let tag = match union.default {
            None => quote!(strict::given(#tag)?),
            Some(default) => {
                let value = &union.arms[default].value;
                quote!(#tag.unwrap_or(#value))
            }
        };
        Ok(quote!(match #tag { #(#arms)* _ => return Err(strict::other()) }))
    }

    fn arm(
        &self,
        object: &Object,
        arm: &Arm,
        places: &[Place],
        outside: &[Ident],
    ) -> Result<TokenStream> {
        let Some(inner) = self.description.arm_object(arm) else { return Ok(TokenStream::new()) };
        let (value, name) = (&arm.value, ident(object.enum_name()));
        let variant = ident(self.types.variant(object.enum_name(), value)?);
        let mut used = outside.to_vec();
        for field in &inner.fields {
            used.push(find(places, &field.name)?.variable.clone());
        }
        let only = quote!(strict::only(&[#(#used.is_some()),*], count)?;);
        let made = match (inner.shape(), &inner.union, &arm.object) {
            (Shape::Struct, _, ArmObject::Named(struct_name)) => {
                let values = values(&self.members(struct_name, &inner.fields)?, places)?;
                let struct_name = ident(struct_name);
                quote!(#name::#variant(#struct_name { #values }))
            }
            (Shape::Struct, _, ArmObject::Inline(_)) => {
                let known = self.types.variant_members(object.enum_name(), value)?;
                let members = inner.fields.iter().map(|field| {
                    let found = known.iter().find(|(json, _)| *json == field.name);
                    let (_, rust) = found.ok_or_else(|| lost(&field.name))?;
                    Ok(Member { field, rust: ident(rust) })
                });
                let values = values(&members.collect::<Result<Vec<_>>>()?, places)?;
                quote!(#name::#variant { #values })
            }
            (Shape::Enum, Some(union), _) => {
                let tag = find(places, &union.tag)?.variable.clone();
                used.push(tag.clone());
                let content = self.content(inner, union, &quote!(#tag), places, &used)?;
                return Ok(quote!(#value => #name::#variant(#content),));
            }
            // No arm of the description is of another shape. One that is goes by the tables.
            _ => return Ok(TokenStream::new()),
        };
        Ok(quote!(#value => { #only #made }))
    }
}

/// Makes a place for a member of an arm. What differs from arm to arm is kept as it came.
fn add(all: &mut Vec<Place>, own: usize, json: &str, kind: TokenStream) {
    match all.iter_mut().skip(own).find(|place| place.json == json) {
        None => all.push(place(json, all.len(), Some(kind))),
        Some(place) => {
            let known = place.kind.as_ref().map(ToString::to_string);
            place.kind.take_if(|_| known != Some(kind.to_string()));
        }
    }
}

fn place(json: &str, number: usize, kind: Option<TokenStream>) -> Place {
    Place { json: json.to_owned(), variable: format_ident!("value_{number}"), kind }
}

fn places(fields: &[Field]) -> Result<Vec<Place>> {
    let places = fields
        .iter()
        .enumerate()
        .map(|(number, field)| Ok(place(&field.name, number, Some(value_type(&field.value)?))));
    places.collect()
}

/// Reads all members into their places. Those behind the first `own` ones belong to arms.
fn read(places: &[Place], own: usize, tag: Option<&str>) -> TokenStream {
    let lets = places.iter().map(|Place { variable, kind, .. }| {
        let kind = kind.clone().unwrap_or_else(|| quote!(&'de RawValue));
        quote!(let mut #variable: Option<#kind> = None;)
    });
    let arms = places.iter().enumerate().map(|(at, Place { json, variable, .. })| {
        let once = quote!(strict::once(&mut members, &mut #variable)?);
        if at < own { quote!(#json => #once,) } else { quote!(#json => { count += 1; #once }) }
    });
    let (tag_let, tag_arm) = match tag {
        None => (TokenStream::new(), TokenStream::new()),
        Some(tag) => (
            quote!(let mut tag: Option<&'de str> = None; let mut count = 0;),
            quote!(#tag => strict::once(&mut members, &mut tag)?,),
        ),
    };
    quote! {
        #(#lets)*
        #tag_let
        while let Some(name) = strict::name(&mut members)? {
            match name {
                #(#arms)*
                #tag_arm
                _ => return Err(strict::other()),
            }
        }
    }
}

/// The members of a struct literal, out of their places.
fn values(members: &[Member<'_>], places: &[Place]) -> Result<TokenStream> {
    let values = members.iter().map(|Member { field, rust }| {
        let Place { variable, kind, .. } = find(places, &field.name)?;
        Ok(match (kind, field.required) {
            (Some(_), true) => quote!(#rust: strict::given(#variable)?,),
            (Some(_), false) => quote!(#rust: #variable,),
            (None, true) => quote!(#rust: strict::given(strict::told(#variable)?)?,),
            (None, false) => quote!(#rust: strict::told(#variable)?,),
        })
    });
    values.collect()
}

fn find<'p>(places: &'p [Place], json: &str) -> Result<&'p Place> {
    places.iter().find(|place| place.json == json).ok_or_else(|| lost(json))
}

fn lost(json: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no place for `{json}`") }
}
