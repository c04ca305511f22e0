//! A writer that makes the same bytes as serde.
//!
//! The emitted lines say which members there are; `write/objects.rs` in `wa-message-core` makes code of them.

use proc_macro2::{Ident, Literal, TokenStream};
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
    let lines = objects.map(|object| emitter.object(object)).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        use super::wire::*;
        use crate::write::{Members, objects::{arm, content, object, union}};
        #(#lines)*
    })
}

struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
}

impl Emitter<'_> {
    fn object(&self, object: &Object) -> Result<TokenStream> {
        let name = ident(&object.name);
        // The tag stands before the members of an arm, so that the union writes the braces.
        let is_arm = is_arm(self.description, object);
        if object.shape() == Shape::Enum {
            let arms = self.arms(object)?;
            return Ok(if is_arm {
                quote!(content! { #name { #(#arms),* } })
            } else {
                quote!(union! { #name { #(#arms),* } })
            });
        }
        let mut writer = Fused::default();
        if !is_arm {
            writer.text("{");
        }
        let pieces = self.members(object, fields(object), writer)?.finish();
        let line = if is_arm {
            quote!(arm! { #name { #(#pieces),* } })
        } else {
            quote!(object! { #name { #(#pieces),* } })
        };
        if object.shape() != Shape::Composed {
            return Ok(line);
        }
        let (name, arms) = (ident(object.enum_name()), self.arms(object)?);
        Ok(quote!(#line content! { #name { #(#arms),* } }))
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
                Some(field) => put(&mut writer, field, &rust),
                None if object.shape() == Shape::Composed => writer.inner(&rust),
                None => return Err(lost(json)),
            }
        }
        Ok(writer)
    }

    /// The tag and the members of each arm.
    fn arms(&self, object: &Object) -> Result<Vec<TokenStream>> {
        let Some(union) = &object.union else {
            return Ok(Vec::new());
        };
        let mut arms = Vec::new();
        for arm in &union.arms {
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            let mut writer = Fused::default();
            writer.text(&format!("{}:{},", quoted(&union.tag), quoted(&arm.value)));
            arms.push(match &arm.object {
                ArmObject::Named(_) => {
                    writer.inner(&ident("inner"));
                    let pieces = writer.finish();
                    quote!(#variant(inner) { #(#pieces),* })
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
                        put(&mut writer, field, &rust);
                        names.push(rust);
                    }
                    let pieces = writer.finish();
                    quote!(#variant { #(#names),* } { #(#pieces),* })
                }
            });
        }
        Ok(arms)
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

fn put(writer: &mut Fused, field: &Field, member: &Ident) {
    if !field.required {
        // What stands before it stands there also if it is absent.
        writer.flush_text();
    }
    writer.member(&format!("{}:", quoted(&field.name)), member);
}

/// Whether an object is the arm of a union.
pub(super) fn is_arm(description: &Description, object: &Object) -> bool {
    let mut arms =
        description.objects().flat_map(|outer| &outer.union).flat_map(|union| &union.arms);
    arms.any(|arm| matches!(&arm.object, ArmObject::Named(name) if *name == object.name))
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

/// The members of a struct itself, whatever its tag says.
fn fields(object: &Object) -> &[Field] {
    if object.shape() == Shape::OneArm { one_arm(object) } else { &object.fields }
}

/// A name or a constant as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn lost(name: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no member `{name}`") }
}
