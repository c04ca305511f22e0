//! The rules over several members.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, option};
use crate::{
    emit::patterns,
    model::{Asks, Condition, Object, Rule, Step, Term},
    read::rules::{is_word, needs},
};

impl Emitter<'_> {
    pub(super) fn rule(&self, object: &Object, rule: &Rule) -> TokenStream {
        let (number, says) = (option(rule.number), &rule.says);
        let when = rule.when.iter().map(|condition| match condition {
            Condition::Is(path, values) => {
                let (any_case, path) = (self.any_case(object, rule, path), steps(path));
                let values = quote!(&[#(#values),*]);
                quote!(Condition::Is { path: #path, values: #values, any_case: #any_case })
            }
            Condition::IsOrAbsent(path, values) => {
                let (any_case, path) = (self.any_case(object, rule, path), steps(path));
                let values = quote!(&[#(#values),*]);
                quote!(Condition::IsOrAbsent { path: #path, values: #values, any_case: #any_case })
            }
            Condition::CountAbove(path, above) => {
                let path = steps(path);
                quote!(Condition::CountAbove { path: #path, above: #above })
            }
            Condition::Matches(path, pattern) => {
                let (path, name) = (steps(path), patterns::name(self.rust.description, pattern));
                quote!(Condition::Matches { path: #path, pattern: &patterns::#name })
            }
            Condition::Absent(path) => {
                let path = steps(path);
                quote!(Condition::Absent(#path))
            }
        });
        let asks = self.asks(object, rule);
        let value = quote!(Rule { number: #number, when: &[#(#when),*], asks: #asks, says: #says });
        match self.texts.rule(object, rule, &value) {
            Some(name) => quote!(texts::#name),
            None => value,
        }
    }

    /// Whether the values at a path are read in any case.
    fn any_case(&self, object: &Object, rule: &Rule, path: &[Step]) -> bool {
        is_word(self.rust.description, object, rule, path)
    }

    fn asks(&self, object: &Object, rule: &Rule) -> TokenStream {
        match &rule.asks {
            Asks::Unique(path) => at(path, |path| quote!(Unique(#path))),
            Asks::Same(path) => {
                let any_case = self.any_case(object, rule, path);
                at(path, |path| quote!(Same { path: #path, any_case: #any_case }))
            }
            Asks::SameCount(path, member) => {
                at(path, |path| quote!(SameCount { path: #path, member: #member }))
            }
            Asks::AllOrNone(path, member) => {
                at(path, |path| quote!(AllOrNone { path: #path, member: #member }))
            }
            Asks::Contiguous(path) => at(path, |path| quote!(Contiguous(#path))),
            Asks::Total(path, max) => at(path, |path| quote!(Total { path: #path, max: #max })),
            Asks::EachNeeds(path, member) => {
                at(path, |path| quote!(EachNeeds { path: #path, member: #member }))
            }
            Asks::MaxLength(path, max) => {
                at(path, |path| quote!(MaxLength { path: #path, max: #max }))
            }
            Asks::MaxBytes(path, max) => {
                at(path, |path| quote!(MaxBytes { path: #path, max: #max }))
            }
            Asks::Matches(path, pattern) => {
                let name = patterns::name(self.rust.description, pattern);
                at(path, |path| quote!(Matches { path: #path, pattern: &patterns::#name }))
            }
            Asks::Within(path, [min, max], others) => {
                let (min, max) = (option(*min), option(*max));
                let others = quote!(&[#(#others),*]);
                at(
                    path,
                    |path| quote!(Within { path: #path, min: #min, max: #max, others: #others }),
                )
            }
            Asks::Together(path) => at(path, |path| quote!(Together(#path))),
            Asks::SameValues(path, of) => {
                let any_case = self.any_case(object, rule, &[path.as_slice(), of].concat());
                let of = steps(of);
                at(path, |path| quote!(SameValues { path: #path, of: #of, any_case: #any_case }))
            }
            Asks::Samples(text, values, names) => {
                let (values, names) = (steps(values), steps(names));
                at(text, |text| quote!(Samples { text: #text, values: #values, names: #names }))
            }
            Asks::Among(path, among) => {
                let among = steps(among);
                at(path, |path| quote!(Among { path: #path, among: #among }))
            }
            Asks::Sum(total, terms) => {
                let terms = terms.iter().map(|term| self.term(object, term));
                let terms: Vec<_> = terms.collect();
                at(total, |total| quote!(Sum { total: #total, terms: &[#(#terms),*] }))
            }
            Asks::Less(lesser, greater) => {
                let greater = steps(greater);
                at(lesser, |lesser| quote!(Less { lesser: #lesser, greater: #greater }))
            }
            Asks::Absent(member) => quote!(Asks::Absent(#member)),
            Asks::Present(member) => quote!(Asks::Present(#member)),
            Asks::OneOf(path, values) => {
                let any_case = self.any_case(object, rule, path);
                let values = quote!(&[#(#values),*]);
                at(path, |path| quote!(OneOf { path: #path, values: #values, any_case: #any_case }))
            }
        }
    }

    fn term(&self, object: &Object, term: &Term) -> TokenStream {
        let over = steps(&term.over);
        let add = term.add.iter().map(|path| steps(path));
        let times = option(term.times.as_ref().map(|path| steps(path)));
        let (subtract, needed) = (term.subtract, needs(self.rust.description, object, term));
        quote! {
            Term {
                over: #over,
                add: &[#(#add),*],
                times: #times,
                subtract: #subtract,
                needed: #needed,
            }
        }
    }
}

fn at(path: &[Step], form: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let form = form(steps(path));
    quote!(Asks::#form)
}

fn steps(path: &[Step]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => quote!(Step::Member(#name)),
        Step::Each => quote!(Step::Each),
        Step::EachWith(member, values) => {
            quote!(Step::EachWith { member: #member, values: &[#(#values),*] })
        }
    });
    quote!(&[#(#steps),*])
}
