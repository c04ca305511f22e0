//! Constructors and setters of the wire types.

mod arms;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::{ident, member_type, value_type};
use crate::{
    error::Result,
    limits::documented,
    lower::Shape,
    model::{ArmObject, Description, Field, Object, Schema, Type, Union},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let mut items = Vec::new();
    for object in description.objects().filter(|object| !object.answer) {
        items.push(match object.shape() {
            Shape::Struct | Shape::Composed => {
                of_struct(description, types, object, &object.fields)?
            }
            Shape::OneArm => of_struct(description, types, object, one_arm(object))?,
            Shape::Enum => TokenStream::new(),
        });
        if let Some(union) = &object.union
            && object.shape() != Shape::OneArm
        {
            items.push(payloads(description, types, object, union)?);
        }
        items.push(natural(description, types, object)?);
    }
    items.push(arms::emit(description, types)?);
    items.push(whole(description, types));
    Ok(quote! {
        use super::wire::*;
        use crate::value::{IntoField, IntoText, Whole};
        #(#items)*
    })
}

/// Marks what a field takes as it is.
fn whole(description: &Description, types: &Types) -> TokenStream {
    let mut names = Vec::new();
    for schema in &description.schemas {
        match schema {
            Schema::Object(object) if !object.answer => {
                names.push(object.name.as_str());
                if object.shape() == Shape::Composed {
                    names.push(object.enum_name());
                }
            }
            Schema::Enum(values) if types.has_enum(&values.name) => names.push(&values.name),
            _ => {}
        }
    }
    let names = names.into_iter().map(ident);
    quote!(#(impl Whole for #names {})*)
}

/// The members of the only arm of a union.
pub(super) fn one_arm(object: &Object) -> &[Field] {
    match object.union.as_ref().and_then(|union| union.arms.first()).map(|arm| &arm.object) {
        Some(ArmObject::Inline(arm)) => &arm.fields,
        _ => &[],
    }
}

/// A member of a struct, as a constructor sees it.
struct Member<'f> {
    field: Option<&'f Field>,
    rust: Ident,
    kind: TokenStream,
}

fn members<'f>(
    description: &Description,
    types: &Types,
    object: &Object,
    fields: &'f [Field],
) -> Result<Vec<Member<'f>>> {
    let mut members = Vec::new();
    for field in fields.iter().filter(|field| description.constant(field).is_none()) {
        let rust = ident(types.member(&object.name, &field.name)?);
        members.push(Member { field: Some(field), rust, kind: member_type(field)? });
    }
    if object.shape() == Shape::Composed {
        let name = ident(object.enum_name());
        members.push(Member { field: None, rust: format_ident!("content"), kind: quote!(#name) });
    }
    Ok(members)
}

fn of_struct(
    description: &Description,
    types: &Types,
    object: &Object,
    fields: &[Field],
) -> Result<TokenStream> {
    let name = ident(&object.name);
    let members = members(description, types, object, fields)?;
    let parameters = members.iter().map(|member| {
        let (rust, kind) = (&member.rust, &member.kind);
        quote!(#rust: #kind)
    });
    let values = members.iter().map(|member| &member.rust);
    let constructors = constructors(object, &members)?;
    let setters = members.iter().filter_map(|member| setter(member)).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        impl #name {
            #(#constructors)*
            #(#setters)*

            /// All members at once, for code that the macro writes.
            #[doc(hidden)]
            #[must_use]
            pub const fn __new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
        }
    })
}

/// `new` with what is required, or one constructor for each of the members that exclude or replace
/// each other.
fn constructors(object: &Object, given: &[Member<'_>]) -> Result<Vec<TokenStream>> {
    let groups = if object.usual.is_some() { &object.at_least_one } else { &object.exactly_one };
    let single: Vec<_> = groups.iter().filter(|group| group.len() == 1).collect();
    if single.is_empty() {
        return Ok(vec![constructor(object, given, None)?]);
    }
    single.into_iter().map(|group| constructor(object, given, Some(&group[0]))).collect()
}

fn constructor(
    object: &Object,
    given: &[Member<'_>],
    chosen: Option<&String>,
) -> Result<TokenStream> {
    let is_chosen =
        |member: &Member<'_>| member.field.is_some_and(|field| Some(&field.name) == chosen);
    let is_required = |member: &Member<'_>| member.field.is_none_or(|field| field.required);
    let mut ordered: Vec<_> = given.iter().filter(|member| is_chosen(member)).collect();
    ordered.extend(given.iter().filter(|member| is_required(member)));
    let mut parameters = Vec::new();
    for member in &ordered {
        let rust = &member.rust;
        let kind = match member.field {
            Some(field) => value_type(&field.value)?,
            None => member.kind.clone(),
        };
        parameters.push(quote!(#rust: impl IntoField<#kind>));
    }
    let values = given.iter().map(|member| {
        let rust = &member.rust;
        if is_required(member) {
            quote!(#rust.into_field())
        } else if is_chosen(member) {
            quote!(::core::option::Option::Some(#rust.into_field()))
        } else {
            quote!(::core::option::Option::None)
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
    Ok(quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #function(#(#parameters),*) -> Self {
            Self::__new(#(#values),*)
        }
    })
}

fn setter(member: &Member<'_>) -> Option<Result<TokenStream>> {
    let field = member.field.filter(|field| !field.required)?;
    let (rust, doc) = (&member.rust, documented(field));
    let function = format_ident!("with_{}", field.name);
    Some(value_type(&field.value).map(|kind| {
        quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #function(mut self, #rust: impl IntoField<#kind>) -> Self {
                self.#rust = ::core::option::Option::Some(#rust.into_field());
                self
            }
        }
    }))
}

/// From the payload of an arm to the enum.
fn payloads(
    description: &Description,
    types: &Types,
    object: &Object,
    union: &Union,
) -> Result<TokenStream> {
    let name = ident(object.enum_name());
    let mut items = Vec::new();
    let mut seen = Vec::new();
    for arm in &union.arms {
        let variant = ident(types.variant(object.enum_name(), &arm.value)?);
        match &arm.object {
            ArmObject::Named(inner_name) => {
                let inner = ident(inner_name);
                items.push(quote! {
                    #[diagnostic::do_not_recommend]
                    impl IntoField<#name> for #inner {
                        fn into_field(self) -> #name {
                            #name::#variant(self)
                        }
                    }
                });
                // What becomes the payload becomes the whole too.
                for innermost in named_arms(description, inner_name) {
                    let innermost = ident(innermost);
                    items.push(quote! {
                        #[diagnostic::do_not_recommend]
                        impl IntoField<#name> for #innermost {
                            fn into_field(self) -> #name {
                                #name::#variant(self.into_field())
                            }
                        }
                    });
                }
            }
            ArmObject::Inline(inner) => {
                let [field] = inner.fields.as_slice() else {
                    continue;
                };
                let Type::Object(payload) = &field.value else {
                    continue;
                };
                if seen.contains(&payload) || description.object(payload).is_none() {
                    continue;
                }
                seen.push(payload);
                let members = types.variant_members(object.enum_name(), &arm.value)?;
                let Some((_, member)) = members.iter().find(|(json, _)| *json == field.name) else {
                    continue;
                };
                let (payload, member) = (ident(payload), ident(member));
                items.push(quote! {
                    #[diagnostic::do_not_recommend]
                    impl IntoField<#name> for #payload {
                        fn into_field(self) -> #name {
                            #name::#variant { #member: self }
                        }
                    }
                });
            }
        }
    }
    Ok(quote!(#(#items)*))
}

/// The objects that the arms of a union hold.
fn named_arms<'d>(description: &'d Description, name: &str) -> Vec<&'d String> {
    let union = description.object(name).and_then(|object| object.union.as_ref());
    let arms = union.into_iter().flat_map(|union| &union.arms);
    let named = arms.filter_map(|arm| match &arm.object {
        ArmObject::Named(name) => Some(name),
        ArmObject::Inline(_) => None,
    });
    named.collect()
}

/// What a bare value has to be to stand for an object.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Leaf {
    Text,
    Number,
}

/// What stands for a value in the end: for an object, what stands for its natural member.
pub(super) fn leaf(description: &Description, value: &Type) -> Option<Leaf> {
    match value {
        Type::Text(text) if text.values.is_none() => Some(Leaf::Text),
        Type::Integer { .. } => Some(Leaf::Number),
        Type::Object(name) => {
            let object = description.object(name)?;
            let natural = object.natural.as_ref()?;
            let fields = match object.shape() {
                Shape::Struct => &object.fields,
                Shape::OneArm => one_arm(object),
                _ => return None,
            };
            let is_given = |field: &&Field| {
                field.name == *natural || field.required && !is_fixed(description, field)
            };
            let mut given = fields.iter().filter(is_given);
            match (given.next(), given.next()) {
                (Some(only), None) if only.name == *natural => leaf(description, &only.value),
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn is_fixed(description: &Description, field: &Field) -> bool {
    description.constant(field).is_some()
}

/// From a bare text to the object that it stands for.
fn natural(description: &Description, types: &Types, object: &Object) -> Result<TokenStream> {
    let Some(natural) = &object.natural else {
        return Ok(TokenStream::new());
    };
    let name = ident(&object.name);
    let value = match object.shape() {
        Shape::Struct | Shape::OneArm => {
            let fields =
                if object.shape() == Shape::Struct { &object.fields } else { one_arm(object) };
            let members = members(description, types, object, fields)?;
            let is_natural =
                |member: &&Member<'_>| member.field.is_some_and(|field| field.name == *natural);
            // What has one value only does not take another one.
            if !members.iter().any(|member| is_natural(&member)) {
                return Ok(TokenStream::new());
            }
            let (mut values, mut is_number) = (Vec::new(), false);
            for member in members {
                let Some(field) = member.field else {
                    return Ok(TokenStream::new());
                };
                let leaf = leaf(description, &field.value);
                if leaf == Some(Leaf::Number) && field.name == *natural && field.required {
                    is_number = true;
                    values.push(quote!(number.into_field()));
                    continue;
                }
                values.push(match (field.name == *natural, field.required) {
                    (true, _) if leaf != Some(Leaf::Text) => return Ok(TokenStream::new()),
                    (true, true) => quote!(self.into_field()),
                    (true, false) => quote!(::core::option::Option::Some(self.into_field())),
                    (false, true) => return Ok(TokenStream::new()),
                    (false, false) => quote!(::core::option::Option::None),
                });
            }
            if is_number {
                return Ok(
                    quote!(crate::value::natural_number!(#name, number => #name::__new(#(#values),*));),
                );
            }
            quote!(#name::__new(#(#values),*))
        }
        Shape::Enum => {
            let arms = object.union.iter().flat_map(|union| &union.arms);
            let Some((value, inner)) = arms
                .filter_map(|arm| match &arm.object {
                    ArmObject::Inline(inner) => Some((&arm.value, inner)),
                    ArmObject::Named(_) => None,
                })
                .find(|(_, inner)| inner.fields.iter().any(|field| field.name == *natural))
            else {
                return Ok(TokenStream::new());
            };
            let variant = ident(types.variant(&object.name, value)?);
            let members = types.variant_members(&object.name, value)?;
            let mut values = Vec::new();
            for field in &inner.fields {
                let Some((_, member)) = members.iter().find(|(json, _)| *json == field.name) else {
                    continue;
                };
                let member = ident(member);
                let is_text = matches!(&field.value, Type::Text(text) if text.values.is_none());
                values.push(match (field.name == *natural, field.required) {
                    (true, true) if is_text => quote!(#member: self.into_field()),
                    (false, false) => quote!(#member: ::core::option::Option::None),
                    _ => return Ok(TokenStream::new()),
                });
            }
            quote!(#name::#variant { #(#values),* })
        }
        Shape::Composed => return Ok(TokenStream::new()),
    };
    Ok(quote! {
        #[diagnostic::do_not_recommend]
        impl<S: IntoText> IntoField<#name> for S {
            fn into_field(self) -> #name {
                #value
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: IntoText> IntoField<::core::option::Option<#name>> for S {
            fn into_field(self) -> ::core::option::Option<#name> {
                ::core::option::Option::Some(IntoField::<#name>::into_field(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: IntoText> IntoField<::core::option::Option<#name>> for ::core::option::Option<S> {
            fn into_field(self) -> ::core::option::Option<#name> {
                self.map(IntoField::<#name>::into_field)
            }
        }
    })
}
