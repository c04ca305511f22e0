//! Checks of rules over several members.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, lost};
use crate::{
    emit::names::ident,
    error::Result,
    lower::Shape,
    model::{Asks, Condition, Object, Rule, Step, Type},
};

impl Emitter<'_> {
    /// Checks members that exclude or replace each other.
    pub(super) fn groups(&self, object: &Object) -> Result<TokenStream> {
        let mut checks = TokenStream::new();
        let given = |group: &Vec<String>| {
            let all = group.iter().map(|name| self.is_given(object, name));
            all.collect::<Result<Vec<_>>>().map(|all| quote!((#(#all)&&*)))
        };
        if !object.exactly_one.is_empty() {
            let all = object.exactly_one.iter().map(given).collect::<Result<Vec<_>>>()?;
            checks.extend(quote!(if #(#all as usize)+* != 1 { return false; }));
        }
        if !object.at_least_one.is_empty() {
            let all = object.at_least_one.iter().map(given).collect::<Result<Vec<_>>>()?;
            checks.extend(quote!(if !(#(#all)||*) { return false; }));
        }
        Ok(checks)
    }

    pub(super) fn is_given(&self, object: &Object, name: &str) -> Result<TokenStream> {
        let field = object.fields.iter().find(|field| field.name == *name);
        let field = field.ok_or_else(|| lost(name))?;
        if field.required {
            return Ok(quote!(true));
        }
        let rust = ident(self.types.member(&object.name, name)?);
        Ok(quote!(self.#rust.is_some()))
    }

    pub(super) fn rule(
        &self,
        object: &Object,
        rule: &Rule,
        place: &TokenStream,
    ) -> Result<TokenStream> {
        let asks = match &rule.asks {
            Asks::Unique(path) => self.unique(object, place, path)?,
            Asks::Total(path, max) => {
                let count = self.fresh("count");
                let walk = self.walk(object, place, path, &|_, _| Ok(quote!(#count += 1;)))?;
                quote!(let mut #count = 0; #walk if #count > #max { return false; })
            }
            Asks::EachNeeds(path, member) => self.walk(object, place, path, &|kind, item| {
                let Some(Type::Object(name)) = kind else {
                    return Err(lost(member));
                };
                let inner = self.description.object(name).ok_or_else(|| lost(name))?;
                let rust = ident(self.types.member(&inner.name, member)?);
                Ok(quote!(if #item.#rust.is_none() { return false; }))
            })?,
            Asks::MaxLength(path, max) => self.walk(object, place, path, &|_, item| {
                Ok(quote!(if !text::fits(#item.as_str(), 0, #max) { return false; }))
            })?,
            Asks::Absent(member) => {
                let given = self.is_given(object, member)?;
                quote!(if #given { return false; })
            }
            Asks::Present(member) => {
                let given = self.is_given(object, member)?;
                quote!(if !#given { return false; })
            }
            Asks::OneOf(member, values) => {
                let is = self.has_value(object, member, values)?;
                quote!(if !#is { return false; })
            }
        };
        let mut wrapped = asks;
        for condition in rule.when.iter().rev() {
            wrapped = match condition {
                Condition::Is(member, values) => {
                    let is = self.has_value(object, member, values)?;
                    quote!(if #is { #wrapped })
                }
                Condition::CountAbove(path, above) => {
                    let count = self.fresh("count");
                    let walk = self.walk(object, place, path, &|_, _| Ok(quote!(#count += 1;)))?;
                    quote!(let mut #count = 0; #walk if #count > #above { #wrapped })
                }
            };
        }
        Ok(quote!({ #wrapped }))
    }

    /// Whether a member has one of several values.
    pub(super) fn has_value(
        &self,
        object: &Object,
        member: &str,
        values: &[String],
    ) -> Result<TokenStream> {
        if let Some(union) = &object.union
            && union.tag == member
        {
            let name = ident(object.enum_name());
            let mut patterns = Vec::new();
            for value in values {
                let variant = ident(self.types.variant(object.enum_name(), value)?);
                patterns.push(quote!(#name::#variant { .. }));
            }
            let place = if object.shape() == Shape::Composed {
                quote!(&self.content)
            } else {
                quote!(self)
            };
            return Ok(quote!(matches!(#place, #(#patterns)|*)));
        }
        let field = object.fields.iter().find(|field| field.name == member);
        let field = field.ok_or_else(|| lost(member))?;
        let rust = ident(self.types.member(&object.name, member)?);
        let Type::Text(text) = &field.value else {
            return Err(lost(member));
        };
        if let Some(name) = &text.values {
            let enumeration = ident(name);
            let mut patterns = Vec::new();
            for value in values {
                let variant = ident(self.types.variant(name, value)?);
                patterns.push(quote!(#enumeration::#variant));
            }
            let patterns =
                if field.required { quote!(#(#patterns)|*) } else { quote!(Some(#(#patterns)|*)) };
            return Ok(quote!(matches!(&self.#rust, #patterns)));
        }
        let equal = quote!(#(text::equal(value.as_str(), #values))||*);
        Ok(if field.required {
            quote!({ let value = &self.#rust; #equal })
        } else {
            quote!(match &self.#rust { Some(value) => #equal, None => false })
        })
    }

    /// No text at a path equals one before it.
    pub(super) fn unique(
        &self,
        object: &Object,
        place: &TokenStream,
        path: &[Step],
    ) -> Result<TokenStream> {
        let (here, there, label) = (self.fresh("here"), self.fresh("there"), self.fresh("before"));
        let label = syn::Lifetime::new(&format!("'{label}"), proc_macro2::Span::call_site());
        self.walk_counted(object, place, path, &here, &|_, item| {
            let item = item.clone();
            let inner = self.walk(object, place, path, &|_, earlier| {
                Ok(quote! {
                    if #there >= #here { break #label; }
                    if text::equal(#earlier.as_str(), #item.as_str()) { return false; }
                    #there += 1;
                })
            })?;
            Ok(quote!(let mut #there = 0; #label: { #inner }))
        })
    }
}
