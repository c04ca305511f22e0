//! From the model to the table.

use std::collections::HashSet;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::model::{Arm, ArmObject, Field, Object, Schema, Shown, Union};
use crate::{
    emit::{Generated, format},
    error::Result,
    names::table,
};

/// The generated file.
const FILE: &str = "crates/wa-message-spec/src/generated/shown.rs";
const SOURCE: &str = "openapi/messages.yaml and openapi/webhooks.yaml";

/// Writes the table of what is sent and of what comes back.
pub(crate) fn emit(sent: &[Schema], received: &[Schema]) -> Result<Generated> {
    let (sent, received) = (Emitter::new(sent).module(), Emitter::new(received).module());
    let file = quote! {
        //! How messages are shown.

        /// What is sent.
        pub mod sent {
            #sent
        }

        /// What comes back.
        pub mod received {
            #received
        }
    };
    Ok(Generated { path: FILE, text: format(FILE, SOURCE, file)? })
}

/// The schemas, and those of which something is shown.
struct Emitter<'s> {
    schemas: &'s [Schema],
    shows: HashSet<&'s str>,
}

impl<'s> Emitter<'s> {
    fn new(schemas: &'s [Schema]) -> Self {
        let mut emitter = Self { schemas, shows: HashSet::new() };
        // Schemas may lead to each other, so that it takes a few rounds.
        loop {
            let more = schemas.iter().filter(|schema| !emitter.shows.contains(&*schema.name));
            let more: Vec<_> = more.filter(|schema| emitter.schema_shows(schema)).collect();
            if more.is_empty() {
                return emitter;
            }
            emitter.shows.extend(more.into_iter().map(|schema| schema.name.as_str()));
        }
    }

    fn schema_shows(&self, schema: &Schema) -> bool {
        self.shows(&schema.object) || self.union_shows(schema)
    }

    fn union_shows(&self, schema: &Schema) -> bool {
        let arms = schema.union.iter().flat_map(|union| &union.arms);
        arms.into_iter().any(|arm| self.arm_shows(arm))
    }

    fn arm_shows(&self, arm: &Arm) -> bool {
        match &arm.object {
            ArmObject::Inline(object) => !object.is.is_empty() || self.shows(object),
            ArmObject::Named(name) => self.shows.contains(&**name),
        }
    }

    fn shows(&self, object: &Object) -> bool {
        object.shown.is_some()
            || object.fields.iter().any(|field| self.field_shows(field))
            || object.tag.iter().any(|tag| self.shows.contains(&**tag))
    }

    fn field_shows(&self, field: &Field) -> bool {
        field.shown.is_some() || field.object.iter().any(|name| self.shows.contains(&**name))
    }

    fn module(&self) -> TokenStream {
        let roots = self.schemas.iter().filter(|schema| schema.is_message);
        let roots = roots.map(|schema| table(&schema.name));
        let shown = self.schemas.iter().filter(|schema| self.shows.contains(&*schema.name));
        let statics = shown.map(|schema| {
            let name = table(&schema.name);
            // Of a union that is composed with objects alone, nothing but the tag is looked at.
            let object = self.is_referred_to(schema).then(|| {
                let object = self.object(&schema.object);
                quote!(static #name: Object = #object;)
            });
            let tag = schema.union.as_ref().filter(|_| self.union_shows(schema));
            let tag = tag.map(|union| {
                let (name, tag) = (tag_of(&schema.name), self.tag(union));
                quote!(static #name: Tag = #tag;)
            });
            quote!(#object #tag)
        });
        quote! {
            use crate::shown::{Arm, Field, Object, Role, Shown, Tag};

            /// What bubbles are drawn of.
            pub static MESSAGES: &[&Object] = &[#(&#roots),*];

            #(#statics)*
        }
    }

    fn is_referred_to(&self, schema: &Schema) -> bool {
        let fields = |object: &Object| {
            object.fields.iter().any(|field| field.object.as_ref() == Some(&schema.name))
        };
        schema.is_message
            || self.schemas.iter().any(|other| {
                let mut arms = other.union.iter().flat_map(|union| &union.arms);
                fields(&other.object)
                    || arms.any(|arm| match &arm.object {
                        ArmObject::Inline(object) => fields(object),
                        ArmObject::Named(name) => *name == schema.name,
                    })
            })
    }

    fn object(&self, object: &Object) -> TokenStream {
        let (is, shown) = (&object.is, option(object.shown.as_ref().map(self::shown)));
        let fields = object.fields.iter().filter(|field| self.field_shows(field));
        let fields = fields.map(|field| self.field(field));
        let tag = object.tag.as_ref().filter(|tag| {
            let schema = self.schemas.iter().find(|schema| schema.name == **tag);
            schema.is_some_and(|schema| self.union_shows(schema))
        });
        let tag = option(tag.map(|tag| {
            let name = tag_of(tag);
            quote!(&#name)
        }));
        quote!(Object { is: #is, shown: #shown, fields: &[#(#fields),*], tag: #tag })
    }

    fn field(&self, field: &Field) -> TokenStream {
        let (name, shown) = (&field.name, option(field.shown.as_ref().map(self::shown)));
        let object = field.object.as_ref().filter(|name| self.shows.contains(&***name));
        let object = option(object.map(|name| {
            let name = table(name);
            quote!(&#name)
        }));
        quote!(Field { name: #name, shown: #shown, object: #object })
    }

    fn tag(&self, union: &Union) -> TokenStream {
        let name = &union.tag;
        let shown: Vec<_> = union.arms.iter().map(|arm| self.arm_shows(arm)).collect();
        let at = |at: usize| shown.iter().take(at).filter(|shown| **shown).count();
        let default = option(union.default.filter(|at| shown[*at]).map(|default| {
            let default = at(default);
            quote!(#default)
        }));
        let arms = union.arms.iter().filter(|arm| self.arm_shows(arm)).map(|arm| {
            let values = &arm.values;
            let object = match &arm.object {
                ArmObject::Inline(object) => self.object(object),
                ArmObject::Named(name) => {
                    let name = table(name);
                    quote!(#name)
                }
            };
            quote!(Arm { values: &[#(#values),*], object: &#object })
        });
        quote!(Tag { name: #name, arms: &[#(#arms),*], default: #default })
    }
}

/// The name of the static of a tag.
fn tag_of(schema: &str) -> proc_macro2::Ident {
    format_ident!("{}_TAG", table(schema))
}

fn shown(shown: &Shown) -> TokenStream {
    let role = format_ident!("{}", shown.role.to_upper_camel_case());
    let (says, answer) = (&shown.says, &shown.answer);
    quote!(Shown { role: Role::#role, says: #says, answer: #answer })
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}
