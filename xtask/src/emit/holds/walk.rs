//! Code that goes to every value at a path.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, lost};
use crate::{
    emit::{builders::one_arm, names::ident},
    error::Result,
    lower::Shape,
    model::{ArmObject, Field, Object, Step, Type},
    read::rules::has_tag,
};

/// What lies at the end of a path.
pub(super) enum End<'e> {
    /// A value of this type, by an expression of a reference to it.
    Value(&'e Type),
    /// The value of a tag, which is known where the arm is.
    Tag(&'e str),
    /// An arm of a union, by no expression.
    Arm,
}

/// What is done with a value at the end of a path, given an expression for it.
pub(super) type Body<'b> = &'b dyn Fn(&End<'_>, &TokenStream) -> Result<TokenStream>;

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
            return body(&End::Arm, place);
        };
        let Step::Member(name) = step else {
            return Err(lost("[]"));
        };
        if object.shape() == Shape::Enum {
            self.walk_arms(object, place, path, None, body)
        } else if let Some(union) = object.union.as_ref().filter(|union| union.tag == *name) {
            match object.shape() {
                Shape::OneArm => {
                    let value = &union.arms[0].value;
                    body(&End::Tag(value), &quote!(#value))
                }
                _ => self.walk_arms(object, &quote!(&#place.content), path, None, body),
            }
        } else {
            let fields =
                if object.shape() == Shape::OneArm { one_arm(object) } else { &object.fields };
            let field =
                fields.iter().find(|field| field.name == *name).ok_or_else(|| lost(name))?;
            let rust = ident(self.types.member(&object.name, name)?);
            self.walk_field(field, &quote!(&#place.#rust), rest, body)
        }
    }

    /// Runs code for each value at a path behind the arms that have it, or behind those that some
    /// values of a tag choose.
    pub(super) fn walk_arms(
        &self,
        object: &Object,
        place: &TokenStream,
        path: &[Step],
        only: Option<(&str, &[String])>,
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let enumeration = ident(object.enum_name());
        let mut arms = Vec::new();
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            let inner = self.description.arm_object(arm).ok_or_else(|| lost(&arm.value))?;
            let tag = object.union.as_ref().map_or("", |union| &union.tag);
            let deeper = match only {
                None => None,
                Some((wanted, values)) if wanted == tag => {
                    if !values.contains(&arm.value) {
                        continue;
                    }
                    None
                }
                Some((wanted, _)) if !has_tag(self.description, inner, wanted) => continue,
                Some(_) => only,
            };
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            if matches!(path, [Step::Member(name)] if name == tag) {
                let value = &arm.value;
                let walk = body(&End::Tag(value), &quote!(#value))?;
                if !walk.is_empty() {
                    arms.push(quote!(#enumeration::#variant { .. } => { #walk }));
                }
                continue;
            }
            if let Some(Step::Member(name)) = path.first()
                && deeper.is_none()
                && !self.reaches(inner, name)
            {
                continue;
            }
            match &arm.object {
                ArmObject::Named(_) => {
                    let bound = self.fresh("arm");
                    let place = quote!(#bound);
                    let walk = if deeper.is_some() {
                        self.walk_arms(inner, &place, path, deeper, body)?
                    } else {
                        self.walk(inner, &place, path, body)?
                    };
                    if !walk.is_empty() {
                        arms.push(quote!(#enumeration::#variant(#bound) => { #walk }));
                    }
                }
                ArmObject::Inline(inner) => {
                    let Some((Step::Member(name), rest)) = path.split_first() else {
                        let walk = body(&End::Arm, place)?;
                        arms.push(quote!(#enumeration::#variant { .. } => { #walk }));
                        continue;
                    };
                    let members = self.types.variant_members(object.enum_name(), &arm.value)?;
                    let member = members.iter().find(|(json, _)| json == name);
                    let field = inner.fields.iter().find(|field| field.name == *name);
                    let (Some((_, rust)), Some(field)) = (member, field) else {
                        return Err(lost(name));
                    };
                    let (rust, bound) = (ident(rust), self.fresh("member"));
                    let walk = self.walk_field(field, &quote!(#bound), rest, body)?;
                    if !walk.is_empty() {
                        arms.push(
                            quote!(#enumeration::#variant { #rust: #bound, .. } => { #walk }),
                        );
                    }
                }
            }
        }
        if arms.is_empty() {
            return Ok(TokenStream::new());
        }
        Ok(quote!(match #place {
            #(#arms)*
            #[allow(unreachable_patterns)]
            _ => {}
        }))
    }

    /// Whether an object has a member, or a tag of this name.
    fn reaches(&self, object: &Object, name: &str) -> bool {
        self.description.field(object, name).is_some()
            || object.union.as_ref().is_some_and(|union| union.tag == name)
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
        Ok(if inner.is_empty() {
            inner
        } else if field.required {
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
            (None, _) => body(&End::Value(kind), &quote!(#value)),
            (Some(Step::Member(_)), Type::Object(name)) => {
                let object = self.description.object(name).ok_or_else(|| lost(name))?;
                self.walk(object, &quote!(#value), rest, body)
            }
            (Some(step @ (Step::Each | Step::EachWith(..))), Type::List(list)) => {
                let (items, at, item) = (self.fresh("items"), self.fresh("at"), self.fresh("item"));
                let inner = match (step, &list.items) {
                    (Step::EachWith(tag, values), Type::Object(name)) => {
                        let object = self.description.object(name).ok_or_else(|| lost(name))?;
                        let only = Some((tag.as_str(), values.as_slice()));
                        self.walk_arms(object, &quote!(#item), &rest[1..], only, body)?
                    }
                    _ => self.walk_value(&list.items, &item, &rest[1..], body)?,
                };
                if inner.is_empty() {
                    return Ok(inner);
                }
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
