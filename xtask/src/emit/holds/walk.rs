//! Code that goes to every value at a path.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use crate::{
    error::Result,
    model::{Constant, Field, Object, Step, Type},
    read::rules::has_tag,
    rust::{Held, RustType, RustUnion, RustVariant, lost},
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
        ty: &RustType<'_>,
        place: &TokenStream,
        path: &[Step],
        counter: &Ident,
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let walk = self.walk(ty, place, path, &|kind, item| {
            let inner = body(kind, item)?;
            Ok(quote!(#inner #counter += 1;))
        })?;
        Ok(quote!(let mut #counter = 0; #walk))
    }

    /// Runs code for each value at a path.
    pub(super) fn walk(
        &self,
        ty: &RustType<'_>,
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
        match &ty.union {
            Some(union) if ty.members.is_none() => self.walk_arms(union, place, path, None, body),
            Some(union) if union.union.tag == *name => {
                self.walk_arms(union, &quote!(&#place.content), path, None, body)
            }
            _ => match ty.member(name)? {
                Held::Field(rust, field) => {
                    self.walk_field(field, &quote!(&#place.#rust), rest, body)
                }
                Held::Constant(Constant::Text(value)) => body(&End::Tag(value), &quote!(#value)),
                _ => Err(lost(name)),
            },
        }
    }

    /// Runs code for each value at a path behind the arms that have it, or behind those that some
    /// values of a tag choose.
    pub(super) fn walk_arms(
        &self,
        union: &RustUnion<'_>,
        place: &TokenStream,
        path: &[Step],
        only: Option<(&str, &[String])>,
        body: Body<'_>,
    ) -> Result<TokenStream> {
        let (enumeration, tag) = (&union.name, &union.union.tag);
        let mut arms = Vec::new();
        for arm in &union.variants {
            let deeper = match only {
                Some((wanted, values)) if wanted == tag => {
                    if !values.iter().any(|value| value == arm.value) {
                        continue;
                    }
                    None
                }
                Some((wanted, _)) if !has_tag(self.rust.description, arm.object, wanted) => {
                    continue;
                }
                _ => only,
            };
            if let (Some(Step::Member(name)), None) = (path.first(), deeper)
                && name != tag
                && !self.reaches(arm.object, name)
            {
                continue;
            }
            let (pattern, walk) = self.walk_arm(tag, arm, place, path, deeper, body)?;
            if !walk.is_empty() {
                let variant = &arm.name;
                arms.push(quote!(#enumeration::#variant #pattern => { #walk }));
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

    /// What stands behind the name of a variant in its pattern, and the code for what it holds.
    fn walk_arm(
        &self,
        tag: &str,
        arm: &RustVariant<'_>,
        place: &TokenStream,
        path: &[Step],
        only: Option<(&str, &[String])>,
        body: Body<'_>,
    ) -> Result<(TokenStream, TokenStream)> {
        if matches!(path, [Step::Member(name)] if name == tag) {
            let value = arm.value;
            return Ok((quote!({ .. }), body(&End::Tag(value), &quote!(#value))?));
        }
        let Some(members) = &arm.members else {
            let (inner, bound) = (self.rust.object(&arm.object.name)?, self.fresh("arm"));
            let place = quote!(#bound);
            let walk = match (&inner.union, only) {
                (Some(union), Some(_)) => self.walk_arms(union, &place, path, only, body)?,
                _ => self.walk(inner, &place, path, body)?,
            };
            return Ok((quote!((#bound)), walk));
        };
        let Some((Step::Member(name), rest)) = path.split_first() else {
            return Ok((quote!({ .. }), body(&End::Arm, place)?));
        };
        let Held::Field(rust, field) = members.get(name)? else { return Err(lost(name)) };
        let bound = self.fresh("member");
        let walk = self.walk_field(field, &quote!(#bound), rest, body)?;
        Ok((quote!({ #rust: #bound, .. }), walk))
    }

    /// Whether an object has a member, or a tag of this name.
    fn reaches(&self, object: &Object, name: &str) -> bool {
        self.rust.description.field(object, name).is_some()
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
                self.walk(self.rust.object(name)?, &quote!(#value), rest, body)
            }
            (Some(step @ (Step::Each | Step::EachWith(..))), Type::List(list)) => {
                let (items, at, item) = (self.fresh("items"), self.fresh("at"), self.fresh("item"));
                let inner = match (step, &list.items) {
                    (Step::EachWith(tag, values), Type::Object(name)) => {
                        let union = self.rust.object(name)?.union.as_ref();
                        let union = union.ok_or_else(|| lost(tag))?;
                        let only = Some((tag.as_str(), values.as_slice()));
                        self.walk_arms(union, &quote!(#item), &rest[1..], only, body)?
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
