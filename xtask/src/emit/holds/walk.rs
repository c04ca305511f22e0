//! Code that goes to every value at a path.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, lost};
use crate::{
    emit::{builders::one_arm, names::ident},
    error::Result,
    lower::Shape,
    model::{ArmObject, Field, Object, Step, Type},
};

/// What is done with a value at the end of a path, given its type and an expression for it.
pub(super) type Body<'b> = &'b dyn Fn(Option<&Type>, &TokenStream) -> Result<TokenStream>;

impl Emitter<'_> {
    pub(super) fn walk_counted(
        &self,
        object: &Object,
        place: &TokenStream,
        path: &[Step],
        counter: &Ident,
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let walk = self.walk(object, place, path, &|kind, item| {
            let inner = body(kind, item)?;
            Ok(quote!(#inner #counter += 1;))
        })?;
        Ok(quote!(let mut #counter = 0; #walk))
    }

    /// Runs code for each value at a path.
    pub(super) fn walk(
        &self,
        object: &Object,
        place: &TokenStream,
        path: &[Step],
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let Some((step, rest)) = path.split_first() else {
            return body(None, place);
        };
        let Step::Member(name) = step else {
            return Err(lost("[]"));
        };
        if object.shape() == Shape::Enum {
            self.walk_arms(object, place, path, None, body)
        } else {
            let fields =
                if object.shape() == Shape::OneArm { one_arm(object) } else { &object.fields };
            let field =
                fields.iter().find(|field| field.name == *name).ok_or_else(|| lost(name))?;
            let rust = ident(self.types.member(&object.name, name)?);
            self.walk_field(field, &quote!(&#place.#rust), rest, body)
        }
    }

    /// Runs code for each value at a path behind the arms that have it, or behind one of them.
    pub(super) fn walk_arms(
        &self,
        object: &Object,
        place: &TokenStream,
        path: &[Step],
        only: Option<&str>,
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let Some((Step::Member(name), rest)) = path.split_first() else {
            return Err(lost("[]"));
        };
        let enumeration = ident(&object.name);
        let mut arms = Vec::new();
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            let inner = self.description.arm_object(arm).ok_or_else(|| lost(name))?;
            let wanted = only.is_none_or(|only| only == arm.value);
            if !wanted || self.description.field(inner, name).is_none() {
                continue;
            }
            let variant = ident(self.types.variant(&object.name, &arm.value)?);
            match &arm.object {
                ArmObject::Named(_) => {
                    let bound = self.fresh("arm");
                    let walk = self.walk(inner, &quote!(#bound), path, body)?;
                    arms.push(quote!(#enumeration::#variant(#bound) => { #walk }));
                }
                ArmObject::Inline(inner) => {
                    let members = self.types.variant_members(&object.name, &arm.value)?;
                    let member = members.iter().find(|(json, _)| json == name);
                    let field = inner.fields.iter().find(|field| field.name == *name);
                    let (Some((_, rust)), Some(field)) = (member, field) else {
                        return Err(lost(name));
                    };
                    let (rust, bound) = (ident(rust), self.fresh("member"));
                    let walk = self.walk_field(field, &quote!(#bound), rest, body)?;
                    arms.push(quote!(#enumeration::#variant { #rust: #bound, .. } => { #walk }));
                }
            }
        }
        Ok(quote!(match #place { #(#arms)* #[allow(unreachable_patterns)] _ => {} }))
    }

    pub(super) fn walk_field(
        &self,
        field: &Field,
        place: &TokenStream,
        rest: &[Step],
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let value = self.fresh("value");
        let inner = self.walk_value(&field.value, &value, rest, body)?;
        Ok(if field.required {
            quote!({ let #value = #place; #inner })
        } else {
            quote!(if let Some(#value) = #place { #inner })
        })
    }

    pub(super) fn walk_value(
        &self,
        kind: &Type,
        value: &Ident,
        rest: &[Step],
        body: Body<'_>,
    ) -> Result<TokenStream> {
        match (rest.first(), kind) {
            (None, _) => body(Some(kind), &quote!(#value)),
            (Some(Step::Member(_)), Type::Object(name)) => {
                let object = self.description.object(name).ok_or_else(|| lost(name))?;
                self.walk(object, &quote!(#value), rest, body)
            }
            (Some(step @ (Step::Each | Step::EachWith(..))), Type::List(list)) => {
                let (items, at, item) = (self.fresh("items"), self.fresh("at"), self.fresh("item"));
                let inner = match (step, &list.items) {
                    (Step::EachWith(_, wanted), Type::Object(name)) => {
                        let object = self.description.object(name).ok_or_else(|| lost(name))?;
                        self.walk_arms(object, &quote!(#item), &rest[1..], Some(wanted), body)?
                    }
                    _ => self.walk_value(&list.items, &item, &rest[1..], body)?,
                };
                Ok(quote! {
                    let #items = #value.as_slice();
                    let mut #at = 0;
                    while #at < #items.len() {
                        let #item = &#items[#at];
                        #inner
                        #at += 1;
                    }
                })
            }
            _ => Err(lost("[]")),
        }
    }
}
