//! Constructors and setters of the wire types.

mod arms;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    limits::documented,
    model::{ArmObject, Field, Object, Type},
    names::{ident, member_type, value_type},
    rust::{Held, Members, Rust, RustType, RustUnion},
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let of_types = rust.types.iter().map(|ty| {
        let of_struct = ty.members.as_ref().map(|members| of_struct(ty, members));
        let payloads = ty.union.as_ref().map(|union| payloads(rust, union));
        let natural = natural(rust, ty);
        quote!(#of_struct #payloads #natural)
    });
    let (arms, names) = (arms::emit(rust), &rust.names);
    quote! {
        use super::wire::*;
        use crate::value::{
            IntoField, arms, becomes, builder, natural_number, natural_text,
        };
        #(#of_types)*
        #arms
        // What a field takes as it is.
        crate::value::whole! { #(#names)* }
    }
}

/// A member of a struct, as a constructor sees it.
struct Member<'r> {
    rust: Ident,
    /// The type of a value that is given.
    kind: TokenStream,
    /// What the description says of it, but for the enum of the arms.
    field: Option<&'r Field>,
}

impl Member<'_> {
    fn is_required(&self) -> bool {
        self.field.is_none_or(|field| field.required)
    }
}

fn of_struct(ty: &RustType<'_>, members: &Members<'_>) -> TokenStream {
    let members = members.0.iter().filter_map(|member| match &member.held {
        Held::Field(rust, field) => {
            Some(Member { rust: rust.clone(), kind: value_type(&field.value), field: Some(field) })
        }
        Held::Content(name) => {
            Some(Member { rust: ident(member.json), kind: quote!(#name), field: None })
        }
        Held::Constant(_) => None,
    });
    let members: Vec<_> = members.collect();
    let parameters = members.iter().map(|Member { rust, kind, field }| {
        let kind = field.map_or_else(|| kind.clone(), member_type);
        quote!(#rust: #kind)
    });
    let name = &ty.name;
    let constructors = constructors(ty.object, &members);
    let setters = members.iter().filter_map(setter);
    quote! {
        builder! { #name { #(#parameters),* } #(#constructors)* | #(#setters)* }
    }
}

/// `new` with what is required, or one constructor for each of the members that exclude or replace
/// each other.
fn constructors(object: &Object, given: &[Member<'_>]) -> Vec<TokenStream> {
    let groups = if object.usual.is_some() { &object.at_least_one } else { &object.exactly_one };
    let single: Vec<_> = groups.iter().filter(|group| group.len() == 1).collect();
    if single.is_empty() {
        return vec![constructor(object, given, None)];
    }
    single.into_iter().map(|group| constructor(object, given, Some(&group[0]))).collect()
}

fn constructor(object: &Object, given: &[Member<'_>], chosen: Option<&String>) -> TokenStream {
    let is_chosen =
        |member: &&Member<'_>| member.field.is_some_and(|field| Some(&field.name) == chosen);
    let ordered = given.iter().filter(is_chosen);
    let ordered = ordered.chain(given.iter().filter(|member| member.is_required()));
    let parameters = ordered.map(|Member { rust, kind, .. }| quote!(#rust: #kind));
    let values = given.iter().map(|member| {
        let rust = &member.rust;
        if member.is_required() {
            quote!(#rust.into_field())
        } else if is_chosen(&member) {
            quote!(Some(#rust.into_field()))
        } else {
            quote!(None)
        }
    });
    let function = match chosen {
        Some(name) if object.usual.as_ref() != Some(name) => format_ident!("by_{name}"),
        _ => format_ident!("new"),
    };
    let doc = match chosen {
        Some(name) => format!("{} By its `{name}`.", object.description),
        None => object.description.clone(),
    };
    quote!(#doc #function(#(#parameters),*) [#(#values),*];)
}

fn setter(member: &Member<'_>) -> Option<TokenStream> {
    let field = member.field.filter(|field| !field.required)?;
    let (Member { rust, kind, .. }, doc) = (member, documented(field));
    let function = format_ident!("with_{}", field.name);
    Some(quote!(#doc #function #rust: #kind;))
}

/// From the payload of an arm to the enum.
fn payloads(rust: &Rust<'_>, union: &RustUnion<'_>) -> TokenStream {
    let name = &union.name;
    let mut items = Vec::new();
    let mut seen = Vec::new();
    for arm in &union.variants {
        let variant = &arm.name;
        let Some(members) = &arm.members else {
            let inner = ident(&arm.object.name);
            items.push(quote!(#inner, inner => #name::#variant(inner);));
            // What becomes the payload becomes the whole too.
            for innermost in arm.object.union.iter().flat_map(|union| &union.arms) {
                if let ArmObject::Named(innermost) = &innermost.object {
                    let innermost = ident(innermost);
                    items.push(quote!(#innermost, inner => #name::#variant(inner.into_field());));
                }
            }
            continue;
        };
        if let [member] = members.0.as_slice()
            && let Some((member, field)) = member.field()
            && let Type::Object(payload) = &field.value
            && !seen.contains(&payload)
            && rust.object(payload).is_ok()
        {
            seen.push(payload);
            let payload = ident(payload);
            items.push(quote!(#payload, inner => #name::#variant { #member: inner };));
        }
    }
    if items.is_empty() { TokenStream::new() } else { quote!(becomes! { #name: #(#items)* }) }
}

/// What a bare value has to be to stand for an object.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Leaf {
    Text,
    Number,
}

/// What stands for a value in the end: for an object, what stands for its natural member.
pub(super) fn leaf(rust: &Rust<'_>, value: &Type) -> Option<Leaf> {
    match value {
        Type::Text(text) if text.values.is_none() => Some(Leaf::Text),
        Type::Integer { .. } => Some(Leaf::Number),
        Type::Object(name) => {
            let ty = rust.object(name).ok().filter(|ty| ty.union.is_none())?;
            let (_, natural) = ty.field(ty.object.natural.as_ref()?).ok()?;
            let is_other = |field: &Field| field.required && field.name != natural.name;
            if ty.all_fields().any(is_other) { None } else { leaf(rust, &natural.value) }
        }
        _ => None,
    }
}

/// From a bare value to the object that it stands for. What has one value only does not take another one.
fn natural(rust: &Rust<'_>, ty: &RustType<'_>) -> Option<TokenStream> {
    let (natural, name) = (ty.object.natural.as_ref()?, &ty.name);
    match (&ty.members, &ty.union) {
        (Some(members), None) => {
            let (_, field) = ty.field(natural).ok()?;
            let (leaf, is_required) = (leaf(rust, &field.value)?, field.required);
            let (given, macro_name) = match leaf {
                Leaf::Number if is_required => ("number", "natural_number"),
                Leaf::Number => return None,
                Leaf::Text => ("text", "natural_text"),
            };
            let (given, macro_name) = (format_ident!("{given}"), format_ident!("{macro_name}"));
            let values = members.fields().map(|(_, field)| match field.name == *natural {
                true if is_required => Some(quote!(#given.into_field())),
                true => Some(quote!(Some(#given.into_field()))),
                false => (!field.required).then(|| quote!(None)),
            });
            let values = values.collect::<Option<Vec<_>>>()?;
            Some(quote!(#macro_name!(#name, #given => #name::__new(#(#values),*));))
        }
        (None, Some(union)) => {
            let arms = union.variants.iter();
            let mut arms = arms.filter_map(|arm| Some((&arm.name, arm.members.as_ref()?)));
            let (variant, members) = arms.find(|(_, members)| members.get(natural).is_ok())?;
            let values = members.fields().map(|(rust, field)| {
                let is_text = matches!(&field.value, Type::Text(text) if text.values.is_none());
                match (field.name == *natural, field.required) {
                    (true, true) if is_text => Some(quote!(#rust: text.into_field())),
                    (false, false) => Some(quote!(#rust: None)),
                    _ => None,
                }
            });
            let values = values.collect::<Option<Vec<_>>>()?;
            Some(quote!(natural_text!(#name, text => #name::#variant { #(#values),* });))
        }
        _ => None,
    }
}
