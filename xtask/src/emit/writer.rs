//! A writer that makes the same bytes as serde.
//!
//! The emitted code says which members there are, and they are written by code that is compiled once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{builders::one_arm, names::ident};
use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{ArmObject, Constant, Description, Field, Object},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let emitter = Emitter { description, types };
    let objects = description.objects().filter(|object| !object.answer);
    let items = objects.map(|object| emitter.object(object)).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        use super::wire::*;
        use crate::write::{self, Members, Write};
        #(#items)*

    })
}

struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
}

impl Emitter<'_> {
    fn object(&self, object: &Object) -> Result<TokenStream> {
        let name = ident(&object.name);
        if is_arm(self.description, object) {
            // The tag stands before the members, so that the union writes the braces.
            let body = match object.shape() {
                Shape::Enum => self.arms(object)?,
                _ => self.members(object, fields(object), Fused::default())?.finish(),
            };
            return Ok(members_impl(&name, &body));
        }
        let mut content = TokenStream::new();
        let body = if object.shape() == Shape::Enum {
            let arms = self.arms(object)?;
            quote!(out.push(b'{'); #arms write::close(out);)
        } else {
            let mut writer = Fused::default();
            writer.text("{");
            self.members(object, fields(object), writer)?.close()
        };
        if object.shape() == Shape::Composed {
            content = members_impl(&ident(object.enum_name()), &self.arms(object)?);
        }
        Ok(quote! {
            impl Write for #name {
                #[inline(never)]
                fn write(&self, out: &mut Vec<u8>) {
                    #body
                }
            }
            #content
        })
    }

    /// The members of a struct, in the order of the struct.
    fn members(&self, object: &Object, fields: &[Field], mut writer: Fused) -> Result<Fused> {
        let mut constants = self.constants(fields);
        if let (Shape::OneArm, Some(union)) = (object.shape(), &object.union) {
            constants.push((&union.tag, quoted(&union.arms[0].value)));
        }
        for (json, member) in in_order(self.types.members(&object.name)?, &constants) {
            let rust = match member {
                Ordered::Constant(value) => {
                    writer.text(&format!("{}:{value},", quoted(json)));
                    continue;
                }
                Ordered::Member(rust) => rust,
            };
            match fields.iter().find(|field| field.name == *json) {
                Some(field) => put(&mut writer, field, &quote!(self.#rust), false),
                None if object.shape() == Shape::Composed => {
                    writer.code(quote!(self.#rust.write_members(out);));
                }
                None => return Err(lost(json)),
            }
        }
        Ok(writer)
    }

    /// The tag and the members of each arm.
    fn arms(&self, object: &Object) -> Result<TokenStream> {
        let Some(union) = &object.union else {
            return Ok(TokenStream::new());
        };
        let name = ident(object.enum_name());
        let mut arms = Vec::new();
        for arm in &union.arms {
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            let mut writer = Fused::default();
            writer.text(&format!("{}:{},", quoted(&union.tag), quoted(&arm.value)));
            arms.push(match &arm.object {
                ArmObject::Named(_) => {
                    writer.code(quote!(inner.write_members(out);));
                    let body = writer.finish();
                    quote!(#name::#variant(inner) => { #body })
                }
                ArmObject::Inline(inner) => {
                    let order = self.types.variant_members(object.enum_name(), &arm.value)?;
                    let mut names = Vec::new();
                    for (json, member) in in_order(order, &self.constants(&inner.fields)) {
                        let rust = match member {
                            Ordered::Constant(value) => {
                                writer.text(&format!("{}:{value},", quoted(json)));
                                continue;
                            }
                            Ordered::Member(rust) => rust,
                        };
                        let field = inner.fields.iter().find(|field| field.name == *json);
                        let field = field.ok_or_else(|| lost(json))?;
                        put(&mut writer, field, &quote!(#rust), true);
                        names.push(rust);
                    }
                    let body = writer.finish();
                    quote!(#name::#variant { #(#names),* } => { #body })
                }
            });
        }
        Ok(quote!(match self { #(#arms)* }))
    }

    /// The members that are always the same, each with its JSON.
    fn constants<'f>(&self, fields: &'f [Field]) -> Vec<(&'f str, String)> {
        let constant = |field: &'f Field| {
            let json = match self.description.constant(field)? {
                Constant::Text(value) => quoted(value),
                Constant::Number(value) => value.to_string(),
            };
            Some((field.name.as_str(), json))
        };
        fields.iter().filter_map(constant).collect()
    }
}

/// What is written under a name.
enum Ordered {
    Member(Ident),
    /// JSON that is always the same.
    Constant(String),
}

/// Members and constants in the order in which they are written, which is that of their names.
fn in_order<'m>(
    members: &'m [(String, String)],
    constants: &[(&'m str, String)],
) -> Vec<(&'m str, Ordered)> {
    let members = members.iter().map(|(json, rust)| (json.as_str(), Ordered::Member(ident(rust))));
    let constants = constants.iter();
    let constants = constants.map(|(json, value)| (*json, Ordered::Constant(value.clone())));
    let mut all: Vec<_> = members.chain(constants).collect();
    all.sort_by_key(|(json, _)| *json);
    all
}

fn put(writer: &mut Fused, field: &Field, place: &TokenStream, is_reference: bool) {
    let key = format!("{}:", quoted(&field.name));
    // A table of methods need not know how references are dropped.
    let place = if is_reference { quote!(&#place) } else { quote!(&&#place) };
    if !field.required {
        // What stands before it stands there also if it is absent.
        writer.flush_text();
    }
    writer.member(&key, &place);
}

/// Whether an object is the arm of a union.
pub(super) fn is_arm(description: &Description, object: &Object) -> bool {
    let mut arms =
        description.objects().flat_map(|outer| &outer.union).flat_map(|union| &union.arms);
    arms.any(|arm| matches!(&arm.object, ArmObject::Named(name) if *name == object.name))
}

/// Code in which members that follow each other are one call, and texts a part of it.
#[derive(Default)]
struct Fused {
    done: TokenStream,
    text: String,
    names: Vec<String>,
    places: Vec<TokenStream>,
}

impl Fused {
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn member(&mut self, key: &str, place: &TokenStream) {
        self.text.push_str(key);
        self.names.push(std::mem::take(&mut self.text));
        self.places.push(place.clone());
    }

    fn code(&mut self, code: TokenStream) {
        self.flush_text();
        self.flush_members();
        self.done.extend(code);
    }

    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.flush_members();
            let bytes = byte_string(&self.text);
            self.done.extend(quote!(out.extend_from_slice(#bytes);));
            self.text.clear();
        }
    }

    fn flush_members(&mut self) {
        if !self.names.is_empty() {
            let (names, places) = (&self.names, &self.places);
            self.done.extend(quote!(write::members(out, &[#(#names),*], &[#(#places),*]);));
            self.names.clear();
            self.places.clear();
        }
    }

    /// The code, with the brace in the place of the last comma.
    fn close(mut self) -> TokenStream {
        self.code(quote!(write::close(out);));
        self.finish()
    }

    fn finish(mut self) -> TokenStream {
        self.code(TokenStream::new());
        self.done
    }
}

/// The members of a struct itself, whatever its tag says.
fn fields(object: &Object) -> &[Field] {
    if object.shape() == Shape::OneArm { one_arm(object) } else { &object.fields }
}

fn members_impl(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl Members for #name {
            #[inline(never)]
            fn write_members(&self, out: &mut Vec<u8>) {
                #body
            }
        }
    }
}

fn byte_string(text: &str) -> proc_macro2::Literal {
    proc_macro2::Literal::byte_string(text.as_bytes())
}

/// A name or a constant as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn lost(name: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no member `{name}`") }
}
