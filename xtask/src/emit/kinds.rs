//! The kinds of message as an enum.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    error::Result,
    model::{Kind, Type},
    rust::{Rust, RustType, lost},
};

pub(super) fn emit(rust: &Rust<'_>) -> Result<TokenStream> {
    // The kinds of a request that has several; a receipt is of one kind.
    let kinds: Vec<_> =
        rust.description.kinds.iter().filter(|kind| !kind.tags.is_empty()).collect();
    let variants: Vec<_> = kinds.iter().map(|kind| variant(kind)).collect();
    let names: Vec<_> = kinds.iter().map(|kind| &kind.name).collect();
    let docs = kinds.iter().map(|kind| format!("`<{}>`: {}", kind.name, kind.description));
    let mut arms = Vec::new();
    for kind in &kinds {
        let pattern = pattern(rust, rust.object(&kind.root)?, &kind.tags)?;
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
fn pattern(rust: &Rust<'_>, ty: &RustType<'_>, tags: &[String]) -> Result<TokenStream> {
    let Some((tag, rest)) = tags.split_first() else {
        return Ok(quote!(_));
    };
    let union = ty.union.as_ref().ok_or_else(|| lost(tag))?;
    let (name, arm) = (&union.name, union.variant(tag)?);
    let variant = &arm.name;
    let Some(members) = &arm.members else {
        let inner = pattern(rust, rust.object(&arm.object.name)?, rest)?;
        return Ok(quote!(wire::#name::#variant(#inner)));
    };
    if rest.is_empty() {
        return Ok(quote!(wire::#name::#variant { .. }));
    }
    let (member, lifted) =
        members.fields().find(|(_, field)| field.lifted).ok_or_else(|| lost(tag))?;
    let Type::Object(target) = &lifted.value else {
        return Err(lost(tag));
    };
    let inner = pattern(rust, rust.object(target)?, rest)?;
    Ok(quote!(wire::#name::#variant { #member: #inner, .. }))
}
