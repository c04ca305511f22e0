//! Functions that say whether a value keeps all its limits and rules, without saying which it
//! breaks. They are `const`, so that the compiler can prove constants with them.
//!
//! The tables find what is wrong with a value that does not hold.

mod rules;
mod walk;

use std::cell::Cell;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{builders::one_arm, names::ident};
use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{ArmObject, Description, Field, List, Object, Text, Type},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let emitter = Emitter { description, types, names: Cell::new(0) };
    let objects = description.objects().filter(|object| !object.answer);
    let items = objects.map(|object| emitter.object(object)).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        use super::wire::*;
        use wa_message_rules::{format::Format, text};
        use wa_message_spec::tables;

        /// How many values are compared with each other. No `const` can do it but each with each, and of
        /// more values the tables have to say that no two are equal.
        const COMPARED_AT_MOST: usize = 256;

        #(#items)*
    })
}

pub(super) struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
    names: Cell<usize>,
}

impl Emitter<'_> {
    pub(super) fn fresh(&self, stem: &str) -> Ident {
        self.names.set(self.names.get() + 1);
        format_ident!("{stem}_{}", self.names.get())
    }

    fn object(&self, object: &Object) -> Result<TokenStream> {
        self.names.set(0);
        let name = ident(&object.name);
        let place = quote!(self);
        let mut checks = TokenStream::new();
        let mut free = TokenStream::new();
        match object.shape() {
            Shape::Struct | Shape::Composed => {
                for field in &object.fields {
                    self.member(object, field, &mut checks, &mut free)?;
                }
            }
            Shape::OneArm => {
                for field in one_arm(object) {
                    self.member(object, field, &mut checks, &mut free)?;
                }
            }
            Shape::Enum => {}
        }
        if object.shape() == Shape::Composed {
            checks.extend(quote!(if !self.content.holds() {
                return false;
            }));
            free.extend(quote!(if !self.content.free_members_hold() {
                return false;
            }));
        }
        let mut content = TokenStream::new();
        if matches!(object.shape(), Shape::Enum | Shape::Composed) {
            let (arms, free_arms) = self.arms(object)?;
            if object.shape() == Shape::Enum {
                checks = arms;
                free = free_arms;
            } else {
                let name = ident(object.enum_name());
                content = functions(&name, &arms, &free_arms, false);
                if free_arms.is_empty() {
                    free = TokenStream::new();
                }
            }
        }
        let groups = self.groups(object)?;
        checks.extend(groups);
        for rule in &object.rules {
            checks.extend(self.rule(object, rule, &place)?);
        }
        let is_root = self.description.kinds.iter().any(|kind| kind.root == object.name);
        let functions = functions(&name, &checks, &free, is_root);
        Ok(quote!(#functions #content))
    }

    fn member(
        &self,
        object: &Object,
        field: &Field,
        checks: &mut TokenStream,
        free: &mut TokenStream,
    ) -> Result<()> {
        if self.description.constant(field).is_some() {
            return Ok(());
        }
        let rust = ident(self.types.member(&object.name, &field.name)?);
        let place = quote!(&self.#rust);
        self.field(field, &place, checks, free)
    }

    /// Checks a member, given an expression of a reference to it.
    fn field(
        &self,
        field: &Field,
        place: &TokenStream,
        checks: &mut TokenStream,
        free: &mut TokenStream,
    ) -> Result<()> {
        let value = self.fresh("value");
        let (inner, inner_free) =
            (self.value(&field.value, &value)?, self.free(&field.value, &value));
        let bind = |body: TokenStream| {
            if body.is_empty() {
                body
            } else if field.required {
                quote!({ let #value = #place; #body })
            } else {
                quote!(if let Some(#value) = #place { #body })
            }
        };
        checks.extend(bind(inner));
        free.extend(bind(inner_free));
        Ok(())
    }

    fn arms(&self, object: &Object) -> Result<(TokenStream, TokenStream)> {
        let name = ident(object.enum_name());
        let (mut arms, mut free_arms) = (Vec::new(), Vec::new());
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            match &arm.object {
                ArmObject::Named(inner_name) => {
                    arms.push(
                        quote!(#name::#variant(inner) => if !inner.holds() { return false; }),
                    );
                    if self.has_free(inner_name, &mut Vec::new()) {
                        free_arms.push(quote!(#name::#variant(inner) => if !inner.free_members_hold() { return false; }));
                    }
                }
                ArmObject::Inline(inner) => {
                    let members = self.types.variant_members(object.enum_name(), &arm.value)?;
                    let (mut checks, mut free) = (TokenStream::new(), TokenStream::new());
                    let mut names = Vec::new();
                    for (json, rust) in members {
                        let rust = ident(rust);
                        let field = inner.fields.iter().find(|field| field.name == *json);
                        let field = field.ok_or_else(|| lost(json))?;
                        self.field(field, &quote!(#rust), &mut checks, &mut free)?;
                        names.push(rust);
                    }
                    arms.push(quote!(#name::#variant { #(#names),* } => { #checks }));
                    if !free.is_empty() {
                        free_arms.push(quote!(#name::#variant { #(#names),* } => { #free }));
                    }
                }
            }
        }
        let free = if free_arms.is_empty() {
            TokenStream::new()
        } else {
            quote!(match self { #(#free_arms)* #[allow(unreachable_patterns)] _ => {} })
        };
        Ok((quote!(match self { #(#arms)* }), free))
    }

    /// Checks a value behind a reference.
    fn value(&self, value: &Type, place: &Ident) -> Result<TokenStream> {
        Ok(match value {
            Type::Text(text) => self.text(text, place),
            Type::Integer { min, max, constant, .. } => {
                let least = constant.or(*min).map(|min| quote!(*#place < #min));
                let most = constant.or(*max).map(|max| quote!(*#place > #max));
                refuse(&least.into_iter().chain(most).collect::<Vec<_>>())
            }
            Type::Number { min, max, .. } => {
                let mut broken = vec![quote!(!#place.is_finite())];
                broken.extend(min.map(|min| quote!(*#place < #min)));
                broken.extend(max.map(|max| quote!(*#place > #max)));
                refuse(&broken)
            }
            Type::Boolean | Type::Json { .. } | Type::Any | Type::OpenEnum(_) => TokenStream::new(),
            Type::Object(_) => quote!(if !#place.holds() { return false; }),
            Type::List(list) => self.list(list, place)?,
        })
    }

    fn text(&self, text: &Text, place: &Ident) -> TokenStream {
        if text.values.is_some() {
            return TokenStream::new();
        }
        let mut broken = Vec::new();
        if text.min > 0 || text.max.is_some() {
            let min = text.min;
            let max = text.max.map_or(quote!(usize::MAX), |max| quote!(#max));
            broken.push(quote!(!text::fits(#place.as_str(), #min, #max)));
        }
        if let Some(pattern) = &text.pattern {
            let name = super::patterns::name(self.description, pattern);
            broken.push(quote!(!tables::patterns::#name.matches(#place.as_str())));
        }
        if let Some(format) = &text.format {
            let name = heck::ToUpperCamelCase::to_upper_camel_case(format.as_str());
            let name = format_ident!("{name}");
            broken.push(quote!(!Format::#name.holds(#place.as_str())));
        }
        refuse(&broken)
    }

    fn list(&self, list: &List, place: &Ident) -> Result<TokenStream> {
        let items = self.fresh("items");
        let mut broken = Vec::new();
        if list.min > 0 {
            let min = list.min;
            broken.push(quote!(#items.len() < #min));
        }
        if let Some(max) = list.max {
            broken.push(quote!(#items.len() > #max));
        }
        let bounds = refuse(&broken);
        let (at, item) = (self.fresh("at"), self.fresh("item"));
        let check = self.value(&list.items, &item)?;
        let each = if check.is_empty() {
            TokenStream::new()
        } else {
            quote! {
                let mut #at = 0;
                while #at < #items.len() {
                    let #item = &#items[#at];
                    #check
                    #at += 1;
                }
            }
        };
        let mut limits = TokenStream::new();
        for (member, value, max, _) in &list.at_most {
            limits.extend(self.at_most(list, &items, member, value, *max)?);
        }
        Ok(quote!(let #items = #place.as_slice(); #bounds #each #limits))
    }

    /// Counts the items whose tag has a value.
    fn at_most(
        &self,
        list: &List,
        items: &Ident,
        member: &str,
        value: &str,
        max: usize,
    ) -> Result<TokenStream> {
        let Type::Object(name) = &list.items else {
            return Err(lost(member));
        };
        let matches = self.has_tag(name, member, value, &quote!(#items[at]))?;
        Ok(quote! {
            let (mut at, mut count) = (0, 0);
            while at < #items.len() {
                if #matches { count += 1; }
                at += 1;
            }
            if count > #max { return false; }
        })
    }

    fn has_tag(
        &self,
        name: &str,
        member: &str,
        value: &str,
        place: &TokenStream,
    ) -> Result<TokenStream> {
        let object = self.description.object(name).ok_or_else(|| lost(name))?;
        let union = object.union.as_ref().filter(|union| union.tag == member);
        if union.is_none() || object.shape() != Shape::Enum {
            return Err(Error::at(&object.place, format!("`{member}` is not its tag")));
        }
        let variant = ident(self.types.variant(name, value)?);
        let name = ident(name);
        Ok(quote!(matches!(&#place, #name::#variant { .. })))
    }

    /// Checks free members, which no `const` can look into.
    fn free(&self, value: &Type, place: &Ident) -> TokenStream {
        match value {
            Type::Json { min, max, texts, .. } => {
                let mut broken = Vec::new();
                if *min > 0 {
                    broken.push(quote!(#place.len() < #min));
                }
                broken.extend(max.map(|max| quote!(#place.len() > #max)));
                broken.extend(texts.map(|max| {
                    quote!(!#place.values().all(|member| {
                        member.as_str().is_some_and(|member| text::fits(member, 0, #max))
                    }))
                }));
                if texts.is_none() {
                    broken.push(quote!(!crate::depth::is_readable(#place)));
                }
                refuse(&broken)
            }
            Type::Object(name) if self.has_free(name, &mut Vec::new()) => {
                quote!(if !#place.free_members_hold() { return false; })
            }
            Type::List(list) => {
                let item = self.fresh("item");
                let inner = self.free(&list.items, &item);
                if inner.is_empty() {
                    inner
                } else {
                    quote!(for #item in #place.as_slice() { #inner })
                }
            }
            _ => TokenStream::new(),
        }
    }

    fn has_free(&self, name: &str, seen: &mut Vec<String>) -> bool {
        if seen.iter().any(|known| known == name) {
            return false;
        }
        seen.push(name.to_owned());
        let Some(object) = self.description.object(name) else {
            return false;
        };
        let arms = object.union.iter().flat_map(|union| &union.arms);
        let inner = arms.filter_map(|arm| self.description.arm_object(arm));
        let fields: Vec<_> =
            object.fields.iter().chain(inner.clone().flat_map(|inner| &inner.fields)).collect();
        let named: Vec<_> =
            inner.map(|inner| inner.name.clone()).filter(|name| !name.is_empty()).collect();
        fields.into_iter().any(|field| self.type_has_free(&field.value, seen))
            || named.iter().any(|name| self.has_free(name, seen))
    }

    fn type_has_free(&self, value: &Type, seen: &mut Vec<String>) -> bool {
        match value {
            Type::Json { .. } => true,
            Type::Object(name) => self.has_free(name, seen),
            Type::List(list) => self.type_has_free(&list.items, seen),
            _ => false,
        }
    }
}

fn functions(name: &Ident, checks: &TokenStream, free: &TokenStream, is_root: bool) -> TokenStream {
    let free = (is_root || !free.is_empty()).then(|| {
        quote! {
            /// Whether the limits of free members hold.
            pub(crate) fn free_members_hold(&self) -> bool {
                #free
                true
            }
        }
    });
    quote! {
        impl #name {
            /// Whether all limits and rules hold, but for those of free members.
            #[inline(never)]
            pub(crate) const fn holds(&self) -> bool {
                #checks
                true
            }

            #free
        }
    }
}

fn refuse(broken: &[TokenStream]) -> TokenStream {
    if broken.is_empty() { TokenStream::new() } else { quote!(if #(#broken)||* { return false; }) }
}

pub(super) fn lost(name: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no way to `{name}`") }
}
