//! Functions that say whether a value keeps all its limits and rules, without saying which it
//! breaks. They are `const`, so that the compiler can prove constants with them.
//!
//! The tables find what is wrong with a value that does not hold.

mod rules;
mod test;
mod walk;

use std::cell::Cell;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

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
        use crate::holds::{limits, member};
        use wa_message_rules::text;
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
        let (mut lines, mut free) = (Vec::new(), TokenStream::new());
        for field in members(object) {
            if self.description.constant(field).is_none() {
                let rust = ident(self.types.member(&object.name, &field.name)?);
                lines.extend(self.line(field)?.map(|line| (rust.clone(), line)));
                free.extend(self.free_member(field, &quote!(&self.#rust)));
            }
        }
        let mut rest = TokenStream::new();
        let mut content = TokenStream::new();
        if object.union.is_some() && object.shape() != Shape::OneArm {
            let is_all = object.shape() == Shape::Composed || !has_rules(object);
            let arms = self.arms(object, is_all)?;
            let free_arms = self.free_arms(object)?;
            if object.shape() == Shape::Enum {
                (rest, free) = (arms, free_arms);
            } else {
                rest.extend(quote!(member!(&self.content, required [object()]);));
                if !free_arms.is_empty() {
                    free.extend(refuse(&[quote!(!self.content.free_members_hold())]));
                }
                let name = ident(object.enum_name());
                let (checks, free) = (holds(&[], &arms, true), free_members_hold(&free_arms));
                content = quote!(impl #name { #checks #free });
            }
        }
        rest.extend(self.groups(object)?);
        for rule in &object.rules {
            rest.extend(self.rule(object, rule, &quote!(self))?);
        }
        let is_root = self.description.kinds.iter().any(|kind| kind.root == object.name);
        let free = (is_root || !free.is_empty()).then(|| free_members_hold(&free));
        if rest.is_empty() {
            let free = free.map(|free| quote!(impl #name { #free }));
            let lines = lines.iter().map(|(rust, line)| quote!(#rust #line));
            return Ok(quote!(limits! { #name { #(#lines),* } } #free #content));
        }
        let is_all = object.shape() == Shape::Enum && !has_rules(object);
        let holds = holds(&lines, &rest, is_all);
        Ok(quote!(impl #name { #holds #free } #content))
    }

    /// What a member has to keep, as the macro takes it.
    fn line(&self, field: &Field) -> Result<Option<TokenStream>> {
        let tests = self.tests(&field.value)?;
        let need = format_ident!("{}", if field.required { "required" } else { "optional" });
        Ok((!tests.is_empty()).then(|| quote!(#need [#tests])))
    }

    /// Checks the arm that there is, which may be all that is to be checked.
    fn arms(&self, object: &Object, is_all: bool) -> Result<TokenStream> {
        let name = ident(object.enum_name());
        let mut arms = Vec::new();
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            let ArmObject::Inline(inner) = &arm.object else {
                arms.push(if is_all {
                    quote!(#name::#variant(inner) => inner.holds())
                } else {
                    quote!(#name::#variant(inner) => { member!(inner, required [object()]); })
                });
                continue;
            };
            let (mut names, mut lines) = (Vec::new(), Vec::new());
            for (json, rust) in self.types.variant_members(object.enum_name(), &arm.value)? {
                let (field, rust) = (field(inner, json)?, ident(rust));
                if let Some(line) = self.line(field)? {
                    lines.push(quote!(member!(#rust, #line);));
                    names.push(rust);
                }
            }
            let end = is_all.then(|| quote!(true));
            arms.push(quote!(#name::#variant { #(#names,)* .. } => { #(#lines)* #end }));
        }
        Ok(quote!(match self { #(#arms,)* }))
    }

    /// The tests of a value, as the macro takes them.
    fn tests(&self, value: &Type) -> Result<TokenStream> {
        Ok(match value {
            Type::Text(text) => self.text(text),
            Type::Integer { min, max, constant, .. } => {
                bounds(constant.or(*min), constant.or(*max))
            }
            Type::Number { min, max, .. } => {
                let bounds = bounds(*min, *max);
                quote!(finite() #bounds)
            }
            Type::Boolean | Type::Json { .. } | Type::Any | Type::OpenEnum(_) => TokenStream::new(),
            Type::Object(_) => quote!(object()),
            Type::List(list) => self.list(list)?,
        })
    }

    fn text(&self, text: &Text) -> TokenStream {
        if text.values.is_some() {
            return TokenStream::new();
        }
        let mut tests = TokenStream::new();
        if text.min > 0 || text.max.is_some() {
            let min = count(text.min);
            let max = text.max.map(count).map(|max| quote!(, #max));
            tests.extend(quote!(text(#min #max)));
        }
        if let Some(pattern) = &text.pattern {
            let name = super::patterns::name(self.description, pattern);
            tests.extend(quote!(pattern(#name)));
        }
        if let Some(format) = &text.format {
            let name = heck::ToUpperCamelCase::to_upper_camel_case(format.as_str());
            let name = format_ident!("{name}");
            tests.extend(quote!(format(#name)));
        }
        tests
    }

    fn list(&self, list: &List) -> Result<TokenStream> {
        let min = (list.min > 0).then(|| count(list.min));
        let max = list.max.map(count);
        let each = self.tests(&list.items)?;
        let mut limits = Vec::new();
        for (member, value, max, _) in &list.at_most {
            let (max, arm) = (count(*max), self.arm_of_items(list, member, value)?);
            limits.push(quote!((#max #arm)));
        }
        if min.is_none() && max.is_none() && each.is_empty() && limits.is_empty() {
            return Ok(TokenStream::new());
        }
        Ok(quote!(list([#min] [#max] [#each] #(#limits)*)))
    }

    /// The type of the items, and the arm whose tag has a value.
    fn arm_of_items(&self, list: &List, member: &str, value: &str) -> Result<TokenStream> {
        let Type::Object(name) = &list.items else {
            return Err(lost(member));
        };
        let object = self.description.object(name).ok_or_else(|| lost(name))?;
        let union = object.union.as_ref().filter(|union| union.tag == member);
        if union.is_none() || object.shape() != Shape::Enum {
            return Err(Error::at(&object.place, format!("`{member}` is not its tag")));
        }
        let (name, variant) = (ident(name), ident(self.types.variant(name, value)?));
        Ok(quote!(#name #variant))
    }

    fn free_member(&self, field: &Field, place: &TokenStream) -> TokenStream {
        let value = self.fresh("value");
        let check = self.free(&field.value, &value);
        if check.is_empty() {
            check
        } else if field.required {
            quote!({ let #value = #place; #check })
        } else {
            quote!(if let Some(#value) = #place { #check })
        }
    }

    fn free_arms(&self, object: &Object) -> Result<TokenStream> {
        let name = ident(object.enum_name());
        let mut arms = Vec::new();
        for arm in object.union.iter().flat_map(|union| &union.arms) {
            let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
            let inner = match &arm.object {
                ArmObject::Inline(inner) => inner,
                ArmObject::Named(inner) => {
                    if self.has_free(inner, &mut Vec::new()) {
                        arms.push(
                            quote!(#name::#variant(inner) => return inner.free_members_hold()),
                        );
                    }
                    continue;
                }
            };
            let (mut names, mut checks) = (Vec::new(), TokenStream::new());
            for (json, rust) in self.types.variant_members(object.enum_name(), &arm.value)? {
                let rust = ident(rust);
                let check = self.free_member(field(inner, json)?, &quote!(#rust));
                if !check.is_empty() {
                    checks.extend(check);
                    names.push(rust);
                }
            }
            if !names.is_empty() {
                arms.push(quote!(#name::#variant { #(#names,)* .. } => { #checks }));
            }
        }
        Ok(if arms.is_empty() {
            TokenStream::new()
        } else {
            quote!(match self { #(#arms,)* #[allow(unreachable_patterns)] _ => {} })
        })
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

fn has_rules(object: &Object) -> bool {
    !(object.exactly_one.is_empty() && object.at_least_one.is_empty() && object.rules.is_empty())
}

/// The members of a struct itself.
fn members(object: &Object) -> &[Field] {
    match object.shape() {
        Shape::Struct | Shape::Composed => &object.fields,
        Shape::OneArm => one_arm(object),
        Shape::Enum => &[],
    }
}

fn field<'o>(object: &'o Object, json: &str) -> Result<&'o Field> {
    object.fields.iter().find(|field| field.name == json).ok_or_else(|| lost(json))
}

/// The tests of a number.
fn bounds<T: ToTokens>(min: Option<T>, max: Option<T>) -> TokenStream {
    let (min, max) = (min.map(|min| quote!(least(#min))), max.map(|max| quote!(most(#max))));
    quote!(#min #max)
}

fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// Checks a type that has more to it than its members each by itself. The rest may be all, and then says it.
fn holds(lines: &[(Ident, TokenStream)], rest: &TokenStream, is_all: bool) -> TokenStream {
    let end = (!is_all).then(|| quote!(true));
    let lines = lines.iter().map(|(rust, line)| quote!(member!(&self.#rust, #line);));
    quote! {
        /// Whether all limits and rules hold, but for those of free members.
        #[inline(never)]
        pub(crate) const fn holds(&self) -> bool {
            #(#lines)*
            #rest
            #end
        }
    }
}

fn free_members_hold(checks: &TokenStream) -> TokenStream {
    quote! {
        /// Whether the limits of free members hold.
        pub(crate) fn free_members_hold(&self) -> bool {
            #checks
            true
        }
    }
}

fn refuse(broken: &[TokenStream]) -> TokenStream {
    if broken.is_empty() { TokenStream::new() } else { quote!(if #(#broken)||* { return false; }) }
}

pub(super) fn lost(name: &str) -> Error {
    Error::Tool { tool: "the emitter", message: format!("no way to `{name}`") }
}
