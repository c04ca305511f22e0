//! A reader of the canonical form, straight into the types.
//!
//! A value begins blank and is filled, member by member. What is emitted says only which member goes
//! where: it is compiled for every type, and the work is done by code that knows none.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{builders::one_arm, names::ident};
use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{Arm, ArmObject, Constant, Description, Field, Object, Schema, Union},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let emitter = Emitter { description, types };
    let mut items = Vec::new();
    for schema in &description.schemas {
        match schema {
            Schema::Object(object) if !object.answer => items.push(emitter.object(object)?),
            _ => {}
        }
    }
    Ok(quote! {
        use super::wire::*;
        use crate::json::{composed, structure, union};
        #(#items)*
    })
}

struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
}

/// The members of a struct or a variant.
#[derive(Default)]
struct Members {
    members: Vec<TokenStream>,
    constants: Vec<TokenStream>,
}

impl Members {
    fn add(&mut self, json: &str, rust: &str, is_required: bool) -> Result<()> {
        self.is_not_full(json)?;
        let (rust, presence) = (ident(rust), format_ident!("{is_required}"));
        self.members.push(quote!(#rust #json #presence));
        Ok(())
    }

    /// Adds a member that is always the same, for which the type has no place.
    fn add_constant(&mut self, json: &str, value: Constant<'_>) -> Result<()> {
        self.is_not_full(json)?;
        self.constants.push(match value {
            Constant::Text(value) => quote!(#json Text(#value)),
            Constant::Number(value) => quote!(#json Number(#value)),
        });
        Ok(())
    }

    /// There is a bit for each.
    fn is_not_full(&self, json: &str) -> Result<()> {
        if self.members.len() + self.constants.len() < 64 {
            return Ok(());
        }
        Err(refused(format!("`{json}` is the 65th member of its object, and 64 are the most")))
    }

    /// The members in braces, and those that are always the same in brackets, each with its name in JSON.
    fn lines(&self) -> TokenStream {
        let Self { members, constants } = self;
        quote!({ #(#members),* } [#(#constants),*])
    }
}

impl Emitter<'_> {
    fn object(&self, object: &Object) -> Result<TokenStream> {
        let name = ident(&object.name);
        Ok(match (object.shape(), &object.union) {
            (Shape::Enum, Some(union)) => self.union(object, union)?,
            // Each reads its members, and the union refuses what belongs to neither.
            (Shape::Composed, Some(union)) => {
                let lines = self.members(&object.name, &object.fields)?.lines();
                let content = self.union(object, union)?;
                quote!(composed! { #name #lines } #content)
            }
            (Shape::OneArm, Some(union)) => {
                let mut members = self.members(&object.name, one_arm(object))?;
                members.add_constant(&union.tag, Constant::Text(&union.arms[0].value))?;
                let lines = members.lines();
                quote!(structure! { #name #lines })
            }
            _ => {
                let lines = self.members(&object.name, &object.fields)?.lines();
                quote!(structure! { #name #lines })
            }
        })
    }

    /// The members of a struct.
    fn members(&self, name: &str, fields: &[Field]) -> Result<Members> {
        let mut members = Members::default();
        for field in fields {
            if let Some(value) = self.description.constant(field) {
                members.add_constant(&field.name, value)?;
            } else {
                let rust = self.types.member(name, &field.name)?;
                members.add(&field.name, rust, field.required)?;
            }
        }
        Ok(members)
    }

    fn union(&self, object: &Object, union: &Union) -> Result<TokenStream> {
        let (name, tag) = (ident(object.enum_name()), &union.tag);
        let mut arms = Vec::new();
        for (at, arm) in union.arms.iter().enumerate() {
            let Some(inner) = self.arm(object, arm)? else { continue };
            let value = &arm.value;
            let variant = ident(self.types.variant(object.enum_name(), value)?);
            let is_default = format_ident!("{}", union.default == Some(at));
            arms.push(quote!(#value #is_default #variant #inner;));
        }
        Ok(quote!(union! { #name #tag #(#arms)* }))
    }

    /// What an arm holds.
    fn arm(&self, object: &Object, arm: &Arm) -> Result<Option<TokenStream>> {
        let Some(inner) = self.description.arm_object(arm) else { return Ok(None) };
        if let ArmObject::Named(_) = arm.object {
            return Ok(Some(quote!(())));
        }
        if inner.union.is_some() {
            let value = &arm.value;
            return Err(refused(format!("the arm `{value}` has arms and needs a name of its own")));
        }
        let known = self.types.variant_members(object.enum_name(), &arm.value)?;
        let mut members = Members::default();
        for field in &inner.fields {
            let found = known.iter().find(|(json, _)| *json == field.name);
            match (self.description.constant(field), found) {
                (Some(value), _) => members.add_constant(&field.name, value)?,
                (None, Some((_, rust))) => members.add(&field.name, rust, field.required)?,
                (None, None) => return Err(refused(format!("no place for `{}`", field.name))),
            }
        }
        Ok(Some(members.lines()))
    }
}

fn refused(message: String) -> Error {
    Error::Tool { tool: "the emitter", message }
}
