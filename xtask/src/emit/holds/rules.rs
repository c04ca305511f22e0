//! Checks of rules over several members.

use std::cell::RefCell;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, test::Test, walk::End};
use crate::{
    emit::patterns,
    error::{Error, Result},
    model::{Asks, Condition, Rule, Step, Term, Type},
    rust::{RustType, Words, lost},
};

impl Emitter<'_> {
    pub(super) fn rule(
        &self,
        ty: &RustType<'_>,
        rule: &Rule,
        place: &TokenStream,
    ) -> Result<TokenStream> {
        let mut wrapped = self.asks(ty, &rule.asks, place)?;
        for condition in rule.when.iter().rev() {
            wrapped = match condition {
                Condition::Is(path, values) => {
                    let is = self.fresh("is");
                    let walk = self.walk(ty, place, path, &|end, item| {
                        Ok(self.one_of(end, item, values)?.then(&quote!(#is = true;)))
                    })?;
                    quote!(let mut #is = false; #walk if #is { #wrapped })
                }
                Condition::IsOrAbsent(path, values) => {
                    let is = self.fresh("is");
                    let walk = self.walk(ty, place, path, &|end, item| {
                        Ok(self.one_of(end, item, values)?.otherwise(&quote!(#is = false;)))
                    })?;
                    quote!(let mut #is = true; #walk if #is { #wrapped })
                }
                Condition::CountAbove(path, above) => {
                    let (count, walk) = self.count(ty, place, path)?;
                    quote!(let mut #count = 0; #walk if #count > #above { #wrapped })
                }
                Condition::Matches(path, pattern) => {
                    let is = self.fresh("is");
                    let walk = self.walk(ty, place, path, &|end, item| {
                        let matches = self.matches(end, item, pattern)?;
                        Ok(quote!(if #matches { #is = true; }))
                    })?;
                    quote!(let mut #is = false; #walk if #is { #wrapped })
                }
                Condition::Absent(path) => {
                    let (count, walk) = self.count(ty, place, path)?;
                    quote!(let mut #count = 0; #walk if #count == 0 { #wrapped })
                }
            };
        }
        Ok(quote!({ #wrapped }))
    }

    fn asks(&self, ty: &RustType<'_>, asks: &Asks, place: &TokenStream) -> Result<TokenStream> {
        Ok(match asks {
            Asks::Unique(path) => self.unique(ty, place, path)?,
            Asks::Same(path) => self.same(ty, place, path)?,
            Asks::SameCount(path, member) => self.same_count(ty, place, path, member)?,
            Asks::AllOrNone(path, member) => self.all_or_none(ty, place, path, member)?,
            Asks::Contiguous(path) => {
                let (count, walk) = self.count(ty, place, path)?;
                let check = self.walk(ty, place, path, &|_, item| {
                    Ok(quote!(if *#item >= #count { return false; }))
                })?;
                quote!(let mut #count: i64 = 0; #walk #check)
            }
            Asks::Total(path, max) => {
                let (count, walk) = self.count(ty, place, path)?;
                quote!(let mut #count = 0; #walk if #count > #max { return false; })
            }
            Asks::EachNeeds(path, member) => self.walk(ty, place, path, &|end, item| {
                let (rust, _) = self.object_at(end, member)?.field(member)?;
                Ok(quote!(if #item.#rust.is_none() { return false; }))
            })?,
            Asks::MaxLength(path, max) => self.walk(ty, place, path, &|_, item| {
                Ok(quote!(if !text::fits(#item.as_str(), 0, #max) { return false; }))
            })?,
            Asks::OneOf(path, values) => self.walk(ty, place, path, &|end, item| {
                Ok(self.one_of(end, item, values)?.otherwise(&quote!(return false;)))
            })?,
            Asks::Matches(path, pattern) => self.walk(ty, place, path, &|end, item| {
                let matches = self.matches(end, item, pattern)?;
                Ok(quote!(if !#matches { return false; }))
            })?,
            Asks::Sum(total, terms) => self.sum(ty, place, total, terms)?,
            Asks::Less(lesser, greater) => {
                let (lesser, greater) =
                    (self.number(ty, place, lesser)?, self.number(ty, place, greater)?);
                quote!(if let (Some(lesser), Some(greater)) = (#lesser, #greater) {
                    if lesser >= greater { return false; }
                })
            }
            Asks::Absent(member) => {
                let given = is_given(ty, member)?;
                quote!(if #given { return false; })
            }
            Asks::Present(member) => {
                let given = is_given(ty, member)?;
                quote!(if !#given { return false; })
            }
            // Advice alone, which nothing has to prove.
            Asks::MaxBytes(..) | Asks::Among(..) => TokenStream::new(),
            Asks::Within(path, [min, max], others) => self.walk(ty, place, path, &|_, item| {
                let most = max.map(|max| quote!(*#item > #max));
                let is_beyond = min.map(|min| quote!(*#item < #min)).into_iter().chain(most);
                let others = others.iter().map(|other| quote!(&& *#item != #other));
                Ok(quote! {
                    let is_beyond = #(#is_beyond)||*;
                    if is_beyond #(#others)* { return false; }
                })
            })?,
            Asks::Together(_) | Asks::SameValues(..) | Asks::Samples(..) => {
                let message =
                    "`together`, `same-values` and `samples` are for requests without types";
                return Err(Error::Tool { tool: "the emitter", message: message.to_owned() });
            }
        })
    }

    /// A counter, and code that counts what lies at a path.
    fn count(
        &self,
        ty: &RustType<'_>,
        place: &TokenStream,
        path: &[Step],
    ) -> Result<(Ident, TokenStream)> {
        let count = self.fresh("count");
        let walk = self.walk(ty, place, path, &|_, _| Ok(quote!(#count += 1;)))?;
        Ok((count, walk))
    }

    fn object_at(&self, end: &End<'_>, member: &str) -> Result<&RustType<'_>> {
        match end {
            End::Value(Type::Object(name)) => self.rust.object(name),
            _ => Err(lost(member)),
        }
    }

    /// Whether a value is one of several.
    fn one_of(&self, end: &End<'_>, item: &TokenStream, values: &[String]) -> Result<Test> {
        if let End::Value(Type::Text(text)) = end
            && let Some(name) = &text.values
        {
            let words = self.rust.words(name)?;
            let (enumeration, variants) = (&words.name, words.of(values)?);
            return Ok(Test::When(quote!(matches!(#item, #(#enumeration::#variants)|*))));
        }
        Ok(match end {
            End::Tag(value) if values.iter().any(|one| one == value) => Test::Always,
            End::Tag(_) => Test::Never,
            End::Value(Type::Integer { .. }) => {
                let numbers = values.iter().filter_map(|value| value.parse::<i64>().ok());
                Test::When(quote!(matches!(*#item, #(#numbers)|*)))
            }
            _ => {
                let found = self.text_of(end, item)?;
                Test::When(quote!(#(text::equal(#found, #values))||*))
            }
        })
    }

    /// Whether a text matches a pattern.
    fn matches(&self, end: &End<'_>, item: &TokenStream, pattern: &str) -> Result<TokenStream> {
        let (found, name) =
            (self.text_of(end, item)?, patterns::name(self.rust.description, pattern));
        Ok(quote!(tables::patterns::#name.matches(#found)))
    }

    /// A value as a text.
    fn text_of(&self, end: &End<'_>, item: &TokenStream) -> Result<TokenStream> {
        match end {
            End::Tag(_) => Ok(item.clone()),
            End::Value(Type::Text(text)) => {
                let Some(name) = &text.values else { return Ok(quote!(#item.as_str())) };
                let Words { name, values, variants } = self.rust.words(name)?;
                let texts = &values.values;
                Ok(quote!(match #item { #(#name::#variants => #texts),* }))
            }
            _ => Err(lost("a text")),
        }
    }

    /// No value at a path equals one before it.
    ///
    /// Those before it are walked over in a function: in place, that walk would be compiled once for
    /// every way that leads to a value. Beyond some number of values that takes too long, and nothing is
    /// proven.
    fn unique(&self, ty: &RustType<'_>, place: &TokenStream, path: &[Step]) -> Result<TokenStream> {
        let (name, here) = (&ty.name, self.fresh("here"));
        let kind = RefCell::new(quote!(&str));
        let earlier = self.walk(ty, &quote!(object), path, &|end, earlier| {
            let equal = if let End::Value(Type::Integer { .. }) = end {
                kind.replace(quote!(i64));
                quote!(*#earlier == item)
            } else {
                let earlier = self.text_of(end, earlier)?;
                quote!(text::equal(#earlier, item))
            };
            Ok(quote! {
                if there >= here { return false; }
                if #equal { return true; }
                there += 1;
            })
        })?;
        let kind = kind.into_inner();
        let walk = self.walk_counted(ty, place, path, &here, &|end, item| {
            let item = match end {
                End::Value(Type::Integer { .. }) => quote!(*#item),
                _ => self.text_of(end, item)?,
            };
            Ok(quote!(if #here >= COMPARED_AT_MOST || is_taken(#place, #here, #item) {
                return false;
            }))
        })?;
        Ok(quote!({
            const fn is_taken(object: &#name, here: usize, item: #kind) -> bool {
                let mut there = 0;
                #earlier
                false
            }
            #walk
        }))
    }

    /// Every value at a path equals the first.
    fn same(&self, ty: &RustType<'_>, place: &TokenStream, path: &[Step]) -> Result<TokenStream> {
        let first = self.fresh("first");
        let walk = self.walk(ty, place, path, &|end, item| {
            let (bound, equal) = if let End::Value(Type::Integer { .. }) = end {
                (quote!(*#item), quote!(found == first))
            } else {
                (self.text_of(end, item)?, quote!(text::equal(found, first)))
            };
            Ok(quote! {
                let found = #bound;
                match #first {
                    None => #first = Some(found),
                    Some(first) => if !#equal { return false; }
                }
            })
        })?;
        Ok(quote!(let mut #first = None; #walk))
    }

    fn same_count(
        &self,
        ty: &RustType<'_>,
        place: &TokenStream,
        path: &[Step],
        member: &str,
    ) -> Result<TokenStream> {
        let first = self.fresh("first");
        let walk = self.walk(ty, place, path, &|end, item| {
            let (rust, field) = self.object_at(end, member)?.field(member)?;
            let count = if field.required {
                quote!(#item.#rust.as_slice().len())
            } else {
                quote!(match &#item.#rust { Some(items) => items.as_slice().len(), None => 0 })
            };
            Ok(quote! {
                let count = #count;
                match #first {
                    None => #first = Some(count),
                    Some(first) => if count != first { return false; }
                }
            })
        })?;
        Ok(quote!(let mut #first: Option<usize> = None; #walk))
    }

    fn all_or_none(
        &self,
        ty: &RustType<'_>,
        place: &TokenStream,
        path: &[Step],
        member: &str,
    ) -> Result<TokenStream> {
        let inner = [path, &[Step::Member(member.to_owned())]].concat();
        let (all, walk_all) = self.count(ty, place, path)?;
        let (given, walk_given) = self.count(ty, place, &inner)?;
        Ok(quote! {
            let (mut #all, mut #given) = (0, 0);
            #walk_all
            #walk_given
            if #given != 0 && #given != #all { return false; }
        })
    }

    fn sum(
        &self,
        ty: &RustType<'_>,
        place: &TokenStream,
        total: &[Step],
        terms: &[Term],
    ) -> Result<TokenStream> {
        let sum = self.fresh("sum");
        let mut add = TokenStream::new();
        for term in terms {
            add.extend(self.term(ty, place, term, &sum)?);
        }
        let total = self.number(ty, place, total)?;
        Ok(quote! {
            let mut #sum: i128 = 0;
            #add
            if let Some(total) = #total && total as i128 != #sum { return false; }
        })
    }

    fn term(
        &self,
        ty: &RustType<'_>,
        place: &TokenStream,
        term: &Term,
        sum: &Ident,
    ) -> Result<TokenStream> {
        let part = |owner: &RustType<'_>, place: &TokenStream| {
            let mut number = quote!(None);
            for path in term.add.iter().rev() {
                let found = self.number(owner, place, path)?;
                number = quote!(match #found { Some(found) => Some(found), None => #number });
            }
            let times = match &term.times {
                None => quote!(Some(1)),
                Some(path) => self.number(owner, place, path)?,
            };
            let function =
                if term.subtract { quote!(saturating_sub) } else { quote!(saturating_add) };
            Ok(quote! {
                let number: Option<i64> = #number;
                let times: Option<i64> = #times;
                if let (Some(number), Some(times)) = (number, times) {
                    #sum = #sum.#function((number as i128).saturating_mul(times as i128));
                }
            })
        };
        if term.over.is_empty() {
            let part = part(ty, place)?;
            return Ok(quote!({ #part }));
        }
        self.walk(ty, place, &term.over, &|end, item| {
            let owner = self.object_at(end, "over")?;
            part(owner, item)
        })
    }

    /// An expression of the number at a path of members, if it is given.
    fn number(&self, ty: &RustType<'_>, place: &TokenStream, path: &[Step]) -> Result<TokenStream> {
        let Some((Step::Member(name), rest)) = path.split_first() else {
            return Err(lost("a number"));
        };
        let (rust, field) = ty.field(name)?;
        if rest.is_empty() {
            return Ok(if field.required {
                quote!(Some(#place.#rust))
            } else {
                quote!(#place.#rust)
            });
        }
        let Type::Object(inner) = &field.value else { return Err(lost(name)) };
        let value = self.fresh("value");
        let found = self.number(self.rust.object(inner)?, &quote!(#value), rest)?;
        Ok(if field.required {
            quote!({ let #value = &#place.#rust; #found })
        } else {
            quote!(match &#place.#rust { Some(#value) => #found, None => None })
        })
    }
}

/// Checks members that exclude or replace each other.
pub(super) fn groups(ty: &RustType<'_>) -> Result<TokenStream> {
    let mut checks = TokenStream::new();
    let given = |group: &Vec<String>| {
        let all = group.iter().map(|name| is_given(ty, name)).collect::<Result<Vec<_>>>();
        all.map(|all| quote!((#(#all)&&*)))
    };
    let all = |groups: &[Vec<String>]| groups.iter().map(given).collect::<Result<Vec<_>>>();
    if !ty.object.exactly_one.is_empty() {
        let all = all(&ty.object.exactly_one)?;
        checks.extend(quote!(if #(#all as usize)+* != 1 { return false; }));
    }
    if !ty.object.at_least_one.is_empty() {
        let all = all(&ty.object.at_least_one)?;
        checks.extend(quote!(if !(#(#all)||*) { return false; }));
    }
    Ok(checks)
}

fn is_given(ty: &RustType<'_>, name: &str) -> Result<TokenStream> {
    let (rust, field) = ty.field(name)?;
    Ok(if field.required { quote!(true) } else { quote!(self.#rust.is_some()) })
}
