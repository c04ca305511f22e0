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
        use crate::strict::{self, Other, Reader, Result, Strict};
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
    number: usize,
    kind: Kind,
}

impl Place {
    fn variable(&self) -> TokenStream {
        let number = proc_macro2::Literal::usize_unsuffixed(self.number);
        quote!(places.#number)
    }
}

/// What is read into a place.
enum Kind {
    /// A value of this type.
    Value(TokenStream),
    /// The tag of a union.
    Tag,
    /// The text of a value, of which the tag says what it is.
    Kept,
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
            impl Strict for #rust {
                #[inline(never)]
                fn strict(reader: &mut Reader<'_>) -> Result<Self> {
                    match reader.word()? {
                        #(#values => Ok(Self::#variants),)*
                        _ => Err(Other),
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
                let place = place(&union.tag, places.len(), Kind::Value(quote!(#kind)));
                let rust = ident(self.types.member(&object.name, &union.tag)?);
                let mut values = values(&self.members(&object.name, one_arm(object))?, &places)?;
                values.add(&rust, &place, true);
                places.push(place);
                let read = read(&places, places.len(), None);
                let made = values.make(&quote!(Self), places.len());
                quote!(#read Ok(#made))
            }
            _ => {
                let places = places(&object.fields)?;
                let values = values(&self.members(&object.name, &object.fields)?, &places)?;
                let read = read(&places, places.len(), None);
                let made = values.make(&quote!(Self), places.len());
                quote!(#read Ok(#made))
            }
        };
        let content = match &object.union {
            Some(union) if object.shape() == Shape::Composed => self.alone(object, union)?,
            _ => TokenStream::new(),
        };
        Ok(quote! {
            #words
            impl Strict for #name {
                #[inline(never)]
                fn strict(reader: &mut Reader<'_>) -> Result<Self> {
                    #body
                }
            }
            #content
        })
    }

    /// The union in an object, without the other members.
    fn alone(&self, object: &Object, union: &Union) -> Result<TokenStream> {
        let name = ident(object.enum_name());
        let mut all = Vec::new();
        self.gather(union, 0, &mut all)?;
        let read = read(&all, 0, Some(&union.tag));
        let content = self.content(object, union, &quote!(tag), &all, &[])?;
        // Hardly anybody reads it, so that it is compiled where it is used.
        Ok(quote! {
            impl Strict for #name {
                #[inline]
                fn strict(reader: &mut Reader<'_>) -> Result<Self> {
                    #read
                    Ok(#content)
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
                add(all, own, &field.name, Kind::Value(value_type(&field.value)?));
            }
            if let Some(inner) = &object.union {
                add(all, own, &inner.tag, Kind::Tag);
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
        let mut values = values(&self.members(&object.name, &object.fields)?, &all[..own])?;
        values.members.extend(quote!(content));
        let made = values.make(&quote!(Self), all.len());
        Ok(quote!(#read let content = #content; Ok(#made)))
    }

    /// The value of a union, by its tag. `outside` is what was read of the unions around it.
    fn content(
        &self,
        object: &Object,
        union: &Union,
        tag: &TokenStream,
        places: &[Place],
        outside: &[TokenStream],
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
        Ok(quote!(match #tag { #(#arms)* _ => return Err(Other) }))
    }

    fn arm(
        &self,
        object: &Object,
        arm: &Arm,
        places: &[Place],
        outside: &[TokenStream],
    ) -> Result<TokenStream> {
        let Some(inner) = self.description.arm_object(arm) else { return Ok(TokenStream::new()) };
        let (value, name) = (&arm.value, ident(object.enum_name()));
        let variant = ident(self.types.variant(object.enum_name(), value)?);
        let mut used = outside.to_vec();
        for field in &inner.fields {
            used.push(find(places, &field.name)?.variable());
        }
        let only = quote!(strict::only(&[#(#used.is_some()),*], count)?;);
        let made = match (inner.shape(), &inner.union, &arm.object) {
            (Shape::Struct, _, ArmObject::Named(struct_name)) => {
                let values = values(&self.members(struct_name, &inner.fields)?, places)?;
                let struct_name = ident(struct_name);
                let made = values.make(&quote!(#struct_name), places.len());
                quote!(#name::#variant(#made))
            }
            (Shape::Struct, _, ArmObject::Inline(_)) => {
                let known = self.types.variant_members(object.enum_name(), value)?;
                let members = inner.fields.iter().map(|field| {
                    let found = known.iter().find(|(json, _)| *json == field.name);
                    let (_, rust) = found.ok_or_else(|| lost(&field.name))?;
                    Ok(Member { field, rust: ident(rust) })
                });
                let values = values(&members.collect::<Result<Vec<_>>>()?, places)?;
                values.make(&quote!(#name::#variant), places.len())
            }
            (Shape::Enum, Some(union), _) => {
                let tag = find(places, &union.tag)?.variable();
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
fn add(all: &mut Vec<Place>, own: usize, json: &str, kind: Kind) {
    match all.iter_mut().skip(own).find(|place| place.json == json) {
        None => all.push(place(json, all.len(), kind)),
        Some(place) => match (&place.kind, kind) {
            (Kind::Value(known), Kind::Value(kind)) if known.to_string() == kind.to_string() => {}
            (Kind::Tag, Kind::Tag) => {}
            _ => place.kind = Kind::Kept,
        },
    }
}

fn place(json: &str, number: usize, kind: Kind) -> Place {
    Place { json: json.to_owned(), number, kind }
}

fn places(fields: &[Field]) -> Result<Vec<Place>> {
    let places = fields.iter().enumerate().map(|(number, field)| {
        Ok(place(&field.name, number, Kind::Value(value_type(&field.value)?)))
    });
    places.collect()
}

/// Reads all members into their places. Those behind the first `own` ones belong to arms.
///
/// The places are one tuple: what was read is dropped on every way out, and so that is one call.
fn read(places: &[Place], own: usize, tag: Option<&str>) -> TokenStream {
    let types = places.iter().map(|Place { kind, .. }| match kind {
        Kind::Value(kind) => quote!(Option<#kind>),
        Kind::Tag | Kind::Kept => quote!(Option<&str>),
    });
    let nothing = places.iter().map(|_| quote!(None));
    let arms = places.iter().enumerate().map(|(at, place)| {
        let (json, variable) = (&place.json, place.variable());
        let read = match place.kind {
            Kind::Value(_) => quote!(strict::once(reader, &mut #variable)),
            Kind::Tag => quote!(strict::tag(reader, &mut #variable)),
            Kind::Kept => quote!(strict::keep(reader, &mut #variable)),
        };
        if at < own { quote!(#json => #read,) } else { quote!(#json => { count += 1; #read }) }
    });
    let (tag_let, tag_arm) = match tag {
        None => (TokenStream::new(), TokenStream::new()),
        Some(tag) => (
            quote!(let mut tag: Option<&str> = None; let mut count = 0;),
            quote!(#tag => strict::tag(reader, &mut tag),),
        ),
    };
    quote! {
        let mut places: (#(#types,)*) = (#(#nothing,)*);
        #tag_let
        reader.object()?;
        while let Some(name) = reader.name()? {
            match name {
                #(#arms)*
                #tag_arm
                _ => Err(Other),
            }?;
        }
    }
}

/// The members of a struct literal, out of their places.
#[derive(Default)]
struct Values {
    /// What is taken out of the places.
    taken: Vec<TokenStream>,
    /// What it is taken as.
    patterns: Vec<TokenStream>,
    has_required: bool,
    has_kept: bool,
    members: TokenStream,
}

impl Values {
    fn add(&mut self, rust: &Ident, place: &Place, is_required: bool) {
        let (variable, name) = (place.variable(), format_ident!("value_{}", place.number));
        let is_kept = matches!(place.kind, Kind::Kept);
        self.taken.push(if is_kept {
            quote!(strict::told(#variable)?)
        } else {
            quote!(#variable.take())
        });
        self.patterns.push(if is_required { quote!(Some(#name)) } else { quote!(#name) });
        self.has_required |= is_required;
        self.has_kept |= is_kept;
        self.members.extend(quote!(#rust: #name,));
    }

    /// The struct, or the end if a member of it is not there. All of them are asked for at once: each
    /// way out has to drop what was read, and is compiled.
    fn make(self, name: &TokenStream, places: usize) -> TokenStream {
        let Self { taken, patterns, has_required, has_kept, members } = self;
        if patterns.is_empty() {
            return quote!(#name { #members });
        }
        let are_all = patterns.len() == places && !has_kept;
        let taken = if are_all { quote!(places) } else { quote!((#(#taken,)*)) };
        let end = has_required.then(|| quote!(else { return Err(Other) }));
        quote!({ let (#(#patterns,)*) = #taken #end; #name { #members } })
    }
}

fn values(members: &[Member<'_>], places: &[Place]) -> Result<Values> {
    let mut values = Values::default();
    for Member { field, rust } in members {
        values.add(rust, find(places, &field.name)?, field.required);
    }
    Ok(values)
}

fn find<'p>(places: &'p [Place], json: &str) -> Result<&'p Place> {
    places.iter().find(|place| place.json == json).ok_or_else(|| lost(json))
}

fn lost(json: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no place for `{json}`") }
}
