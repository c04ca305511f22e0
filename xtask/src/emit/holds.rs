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

use crate::{
    error::{Error, Result},
    model::{Field, List, Object, Text, Type},
    rust::{Members, Rust, RustMember, RustType, RustUnion, lost},
};

pub(super) fn emit(rust: &Rust<'_>) -> Result<TokenStream> {
    let emitter = Emitter { rust, names: Cell::new(0) };
    let items = rust.types.iter().map(|ty| emitter.object(ty)).collect::<Result<Vec<_>>>()?;
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

pub(super) struct Emitter<'r> {
    rust: &'r Rust<'r>,
    names: Cell<usize>,
}

impl Emitter<'_> {
    pub(super) fn fresh(&self, stem: &str) -> Ident {
        self.names.set(self.names.get() + 1);
        format_ident!("{stem}_{}", self.names.get())
    }

    fn object(&self, ty: &RustType<'_>) -> Result<TokenStream> {
        self.names.set(0);
        let (name, object) = (&ty.name, ty.object);
        let is_enum = ty.members.is_none();
        let (mut lines, mut free) = (Vec::new(), TokenStream::new());
        for (rust, field) in ty.members.iter().flat_map(Members::fields) {
            lines.extend(self.line(field)?.map(|line| (rust.clone(), line)));
            free.extend(self.free_member(field, &quote!(&self.#rust)));
        }
        let mut rest = TokenStream::new();
        let mut content = TokenStream::new();
        if let Some(union) = &ty.union {
            let arms = self.arms(union, !is_enum || !has_rules(object))?;
            let free_arms = self.free_arms(union);
            if is_enum {
                (rest, free) = (arms, free_arms);
            } else {
                rest.extend(quote!(member!(&self.content, required [object()]);));
                if !free_arms.is_empty() {
                    free.extend(refuse(&[quote!(!self.content.free_members_hold())]));
                }
                let name = &union.name;
                let (checks, free) = (holds(&[], &arms, true), free_members_hold(&free_arms));
                content = quote!(impl #name { #checks #free });
            }
        }
        rest.extend(rules::groups(ty)?);
        for rule in &object.rules {
            rest.extend(self.rule(ty, rule, &quote!(self))?);
        }
        let is_root = self.rust.description.kinds.iter().any(|kind| kind.root == object.name);
        let free = (is_root || !free.is_empty()).then(|| free_members_hold(&free));
        if rest.is_empty() {
            let free = free.map(|free| quote!(impl #name { #free }));
            let lines = lines.iter().map(|(rust, line)| quote!(#rust #line));
            return Ok(quote!(limits! { #name { #(#lines),* } } #free #content));
        }
        let holds = holds(&lines, &rest, is_enum && !has_rules(object));
        Ok(quote!(impl #name { #holds #free } #content))
    }

    /// What a member has to keep, as the macro takes it.
    fn line(&self, field: &Field) -> Result<Option<TokenStream>> {
        let tests = self.tests(&field.value)?;
        let need = format_ident!("{}", if field.required { "required" } else { "optional" });
        Ok((!tests.is_empty()).then(|| quote!(#need [#tests])))
    }

    /// Checks the arm that there is, which may be all that is to be checked.
    fn arms(&self, union: &RustUnion<'_>, is_all: bool) -> Result<TokenStream> {
        let name = &union.name;
        let mut arms = Vec::new();
        for arm in &union.variants {
            let variant = &arm.name;
            let Some(members) = &arm.members else {
                arms.push(if is_all {
                    quote!(#name::#variant(inner) => inner.holds())
                } else {
                    quote!(#name::#variant(inner) => { member!(inner, required [object()]); })
                });
                continue;
            };
            let (mut names, mut lines) = (Vec::new(), Vec::new());
            for (rust, field) in members.by_name().into_iter().filter_map(RustMember::field) {
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
            let name = super::patterns::name(self.rust.description, pattern);
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
        let ty = self.rust.object(name)?;
        let union =
            ty.union.as_ref().filter(|union| ty.members.is_none() && union.union.tag == member);
        let Some(union) = union else {
            return Err(Error::at(&ty.object.place, format!("`{member}` is not its tag")));
        };
        let (name, variant) = (&union.name, &union.variant(value)?.name);
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

    fn free_arms(&self, union: &RustUnion<'_>) -> TokenStream {
        let name = &union.name;
        let mut arms = Vec::new();
        for arm in &union.variants {
            let variant = &arm.name;
            let Some(members) = &arm.members else {
                if self.has_free(arm.object, &mut Vec::new()) {
                    arms.push(quote!(#name::#variant(inner) => return inner.free_members_hold()));
                }
                continue;
            };
            let (mut names, mut checks) = (Vec::new(), TokenStream::new());
            for (rust, field) in members.by_name().into_iter().filter_map(RustMember::field) {
                let check = self.free_member(field, &quote!(#rust));
                if !check.is_empty() {
                    checks.extend(check);
                    names.push(rust);
                }
            }
            if !names.is_empty() {
                arms.push(quote!(#name::#variant { #(#names,)* .. } => { #checks }));
            }
        }
        if arms.is_empty() {
            return TokenStream::new();
        }
        quote!(match self { #(#arms,)* #[allow(unreachable_patterns)] _ => {} })
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
            Type::Object(_) if self.type_has_free(value, &mut Vec::new()) => {
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

    fn has_free(&self, object: &Object, seen: &mut Vec<String>) -> bool {
        if !object.name.is_empty() {
            if seen.contains(&object.name) {
                return false;
            }
            seen.push(object.name.clone());
        }
        let arms = object.union.iter().flat_map(|union| &union.arms);
        let mut inner = arms.filter_map(|arm| self.rust.description.arm_object(arm));
        object.fields.iter().any(|field| self.type_has_free(&field.value, seen))
            || inner.any(|inner| self.has_free(inner, seen))
    }

    fn type_has_free(&self, value: &Type, seen: &mut Vec<String>) -> bool {
        match value {
            Type::Json { .. } => true,
            Type::Object(name) => {
                self.rust.description.object(name).is_some_and(|object| self.has_free(object, seen))
            }
            Type::List(list) => self.type_has_free(&list.items, seen),
            _ => false,
        }
    }
}

fn has_rules(object: &Object) -> bool {
    !(object.exactly_one.is_empty() && object.at_least_one.is_empty() && object.rules.is_empty())
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
