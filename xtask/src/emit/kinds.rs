//! The kinds of message as an enum.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    error::{Error, Result},
    model::{ArmObject, Description, Kind, Object, Type},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    // The kinds of a request that has several; a receipt is of one kind.
    let kinds: Vec<_> = description.kinds.iter().filter(|kind| !kind.tags.is_empty()).collect();
    let variants: Vec<_> = kinds.iter().map(|kind| variant(kind)).collect();
    let names: Vec<_> = kinds.iter().map(|kind| &kind.name).collect();
    let docs = kinds.iter().map(|kind| format!("`<{}>`: {}", kind.name, kind.description));
    let mut arms = Vec::new();
    for kind in &kinds {
        let root = description.object(&kind.root);
        let root = root.ok_or(Error::Tool { tool: "the emitter", message: kind.root.clone() })?;
        let pattern = pattern(description, types, root, &kind.tags)?;
        let variant = variant(kind);
        arms.push(quote!(#pattern => Kind::#variant));
    }
    let root = kinds.first().map(|kind| format_ident!("{}", kind.root));
    Ok(quote! {
        use super::wire;

        /// A kind of message, by the name that the short form of `wa_message!` has for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            #(#[doc = #docs] #variants,)*
        }

        impl Kind {
            /// All kinds, in the order of the description.
            pub const ALL: &[Self] = &[#(Self::#variants),*];

            /// The name of the kind: `catalog_message`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #names,)*
                }
            }
        }

        impl ::core::fmt::Display for Kind {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl wire::#root {
            /// The kind of message.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match &self.content {
                    #(#arms,)*
                }
            }
        }
    })
}

pub(super) fn variant(kind: &Kind) -> proc_macro2::Ident {
    format_ident!("{}", kind.name.to_upper_camel_case())
}

/// The pattern of the enum values that the tags lead to.
fn pattern(
    description: &Description,
    types: &Types,
    object: &Object,
    tags: &[String],
) -> Result<TokenStream> {
    let lost = || Error::Tool { tool: "the emitter", message: format!("no way to {tags:?}") };
    let Some((tag, rest)) = tags.split_first() else {
        return Ok(quote!(_));
    };
    let union = object.union.as_ref().ok_or_else(lost)?;
    let arm = union.arms.iter().find(|arm| arm.value == *tag).ok_or_else(lost)?;
    let name = format_ident!("{}", object.enum_name());
    let variant = format_ident!("{}", types.variant(object.enum_name(), tag)?);
    match &arm.object {
        ArmObject::Named(inner) => {
            let inner = description.object(inner).ok_or_else(lost)?;
            let inner = pattern(description, types, inner, rest)?;
            Ok(quote!(wire::#name::#variant(#inner)))
        }
        ArmObject::Inline(_) if rest.is_empty() => Ok(quote!(wire::#name::#variant { .. })),
        ArmObject::Inline(inner) => {
            let lifted = inner.fields.iter().find(|field| field.lifted).ok_or_else(lost)?;
            let Type::Object(target) = &lifted.value else {
                return Err(lost());
            };
            let target = description.object(target).ok_or_else(lost)?;
            let members = types.variant_members(object.enum_name(), tag)?;
            let member = members.iter().find(|(json, _)| *json == lifted.name).ok_or_else(lost)?;
            let member = super::names::ident(&member.1);
            let inner = pattern(description, types, target, rest)?;
            Ok(quote!(wire::#name::#variant { #member: #inner, .. }))
        }
    }
}
