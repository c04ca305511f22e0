//! A writer that makes the same bytes as serde.
//!
//! The emitted lines say which members there are; `write/objects.rs` in `wa-message-core` makes code of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::{
    model::Constant,
    rust::{Held, Members, Rust, RustType, RustVariant},
};

pub(super) fn emit(rust: &Rust<'_>) -> TokenStream {
    let lines = rust.types.iter().map(object);
    quote! {
        use super::wire::*;
        use crate::write::{Members, objects::{arm, content, object, union}};
        #(#lines)*
    }
}

fn object(ty: &RustType<'_>) -> TokenStream {
    // The tag stands before the members of an arm, so that the union writes the braces.
    let (members, union, brace) =
        if ty.is_arm { ("arm", "content", "") } else { ("object", "union", "{") };
    let line = ty.members.as_ref().map(|all| {
        let (macro_name, name) = (format_ident!("{members}"), &ty.name);
        let pieces = pieces(all, brace.to_owned());
        quote!(#macro_name! { #name { #(#pieces),* } })
    });
    let arms = ty.union.as_ref().map(|all| {
        let macro_name = format_ident!("{}", if line.is_some() { "content" } else { union });
        let (name, tag) = (&all.name, &all.union.tag);
        let arms = all.variants.iter().map(|variant| arm(tag, variant));
        quote!(#macro_name! { #name { #(#arms),* } })
    });
    quote!(#line #arms)
}

/// The tag and the members of an arm.
fn arm(tag: &str, variant: &RustVariant<'_>) -> TokenStream {
    let name = &variant.name;
    let tag = format!("{}:{},", quoted(tag), quoted(variant.value));
    if let Some(members) = &variant.members {
        let members_by_name = members.by_name();
        let names =
            members_by_name.iter().filter_map(|member| member.field()).map(|(rust, _)| rust);
        let pieces = pieces(members, tag);
        quote!(#name { #(#names),* } { #(#pieces),* })
    } else {
        let tag = Literal::byte_string(tag.as_bytes());
        quote!(#name(inner) { #tag, inner })
    }
}

/// The members behind a text, in the order in which they are written, which is that of their names.
fn pieces(members: &Members<'_>, text: String) -> Vec<TokenStream> {
    let mut writer = Fused { text, ..Fused::default() };
    for member in members.by_name() {
        let json = quoted(member.json);
        match &member.held {
            Held::Content(_) => writer.inner(&format_ident!("{}", member.json)),
            Held::Constant(Constant::Text(value)) => {
                writer.text(&format!("{json}:{},", quoted(value)));
            }
            Held::Constant(Constant::Number(value)) => writer.text(&format!("{json}:{value},")),
            Held::Field(rust, field) => {
                if !field.required {
                    // What stands before it stands there also if it is absent.
                    writer.flush_text();
                }
                writer.member(&format!("{json}:"), rust);
            }
        }
    }
    writer.finish()
}

/// Pieces in which members that follow each other are one, and texts a part of it.
#[derive(Default)]
struct Fused {
    done: Vec<TokenStream>,
    text: String,
    members: Vec<TokenStream>,
}

impl Fused {
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn member(&mut self, key: &str, member: &Ident) {
        let name = std::mem::take(&mut self.text) + key;
        self.members.push(quote!(#name #member));
    }

    /// What writes members of its own.
    fn inner(&mut self, member: &Ident) {
        self.flush();
        self.done.push(quote!(#member));
    }

    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.flush_members();
            let text = Literal::byte_string(std::mem::take(&mut self.text).as_bytes());
            self.done.push(quote!(#text));
        }
    }

    fn flush_members(&mut self) {
        if !self.members.is_empty() {
            let members = std::mem::take(&mut self.members);
            self.done.push(quote!([#(#members),*]));
        }
    }

    fn flush(&mut self) {
        self.flush_text();
        self.flush_members();
    }

    fn finish(mut self) -> Vec<TokenStream> {
        self.flush();
        self.done
    }
}

/// A name or a constant as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
