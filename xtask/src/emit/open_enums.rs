//! Sets of strings that may grow: an unknown one is kept.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Description, OpenEnum, Schema};

pub(super) fn emit(description: &Description) -> TokenStream {
    let enums = description.schemas.iter().filter_map(|schema| match schema {
        Schema::OpenEnum(values) => Some(open_enum(values)),
        _ => None,
    });
    quote!(#(#enums)*)
}

fn open_enum(values: &OpenEnum) -> TokenStream {
    let name = format_ident!("{}", values.name);
    let doc = &values.description;
    let texts: Vec<_> = values.values.iter().map(|(text, _)| text).collect();
    let meanings = values.values.iter().map(|(_, meaning)| meaning);
    let variants: Vec<_> =
        texts.iter().map(|text| format_ident!("{}", text.to_upper_camel_case())).collect();
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #meanings] #variants,)*
            /// A value that this version does not know.
            Other(String),
        }

        impl #name {
            /// The value as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Other(other) => other,
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                match value.as_str() {
                    #(#texts => Self::#variants,)*
                    _ => Self::Other(value),
                }
            }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde_core::Serialize for #name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for #name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as ::serde_core::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl crate::json::Blank for #name {
            fn blank() -> Self {
                Self::from(String::new())
            }
        }

        impl crate::json::Fill for #name {
            fn fill(&mut self, node: &crate::json::Node<'_>) -> bool {
                node.string().map(|text| *self = Self::from(text.into_owned())).is_ok()
            }
        }
    }
}
