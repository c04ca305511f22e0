//! The numbers of the rules that an object takes part in.

use std::collections::BTreeSet;

use wa_message_rules::table::{Condition, Kind, Numbers, Object, Rule, Schema, Step};

use crate::fields::{Fields, reachable};

/// The rules and the advice of a kind.
pub(crate) struct Used {
    /// Numbers of rules that are errors.
    pub(crate) errors: BTreeSet<u16>,
    /// What is advised against, with the number.
    pub(crate) advice: Vec<(Option<u16>, &'static str)>,
}

impl Used {
    pub(crate) fn by_kind(kind: &'static Kind) -> Self {
        let mut used = Self { errors: BTreeSet::new(), advice: Vec::new() };
        let fields = Fields::of_kind(kind);
        for object in fields.objects.iter().copied().chain(reachable(&fields)) {
            used.object(object, Some(kind));
        }
        used
    }

    /// All that is in the tables of a request body.
    pub(crate) fn by_root(root: &'static Object) -> Self {
        let mut used = Self { errors: BTreeSet::new(), advice: Vec::new() };
        let mut seen = Vec::new();
        used.all(root, &mut seen);
        used
    }

    fn all(&mut self, object: &'static Object, seen: &mut Vec<*const Object>) {
        if seen.contains(&std::ptr::from_ref(object)) {
            return;
        }
        seen.push(object);
        self.object(object, None);
        for field in object.fields {
            if let Some(inner) = crate::fields::inner(field.schema) {
                self.all(inner, seen);
            }
        }
        for arm in object.tag.into_iter().flat_map(|tag| tag.arms) {
            self.all(arm.object, seen);
        }
    }

    fn object(&mut self, object: &'static Object, kind: Option<&'static Kind>) {
        let concerns = |rule: &&Rule| kind.is_none_or(|kind| concerns(rule, object, kind));
        self.numbers(object.numbers);
        for field in object.fields {
            self.errors.extend(field.number);
            self.schema(field.schema);
        }
        self.errors.extend(object.refused.iter().filter_map(|refused| refused.number));
        self.errors.extend(object.rules.iter().filter(concerns).filter_map(|rule| rule.number));
        for rule in object.advice.iter().filter(concerns) {
            if !self.advice.contains(&(rule.number, rule.says)) {
                self.advice.push((rule.number, rule.says));
            }
        }
        // What the arms of an inner object refuse belongs to it.
        if kind.is_none_or(|kind| !std::ptr::eq(kind.root, object)) {
            for arm in object.tag.into_iter().flat_map(|tag| tag.arms) {
                if arm.object.kind.is_none() && arm.object.name.is_empty() {
                    self.object(arm.object, kind);
                }
            }
        }
    }

    fn schema(&mut self, schema: Schema) {
        match schema {
            Schema::Text(text) => self.numbers(text.numbers),
            Schema::Integer(integer) => self.numbers(integer.numbers),
            Schema::Number(number) => self.numbers(number.numbers),
            Schema::Json(json) => self.numbers(json.numbers),
            Schema::List(list) => {
                self.numbers(list.numbers);
                self.errors.extend(list.at_most.iter().filter_map(|limit| limit.number));
                self.schema(list.items);
            }
            _ => {}
        }
    }

    fn numbers(&mut self, Numbers(numbers): Numbers) {
        self.errors.extend(numbers.iter().map(|(_, number)| *number));
    }
}

/// Whether a rule can hold for a kind: it is not about what belongs to another one.
fn concerns(rule: &Rule, object: &Object, kind: &Kind) -> bool {
    let Some(tag) = object.tag.filter(|_| std::ptr::eq(kind.root, object)) else { return true };
    let Some(arm) = kind.tags.first().and_then(|value| tag.arm(value)) else { return true };
    let has = |path: &[Step]| match path.first() {
        Some(Step::Member(name)) => {
            *name == tag.name || object.field(name).is_some() || arm.object.field(name).is_some()
        }
        _ => true,
    };
    rule.asks.paths().iter().all(|path| has(path))
        && rule.when.iter().all(|condition| match condition {
            Condition::Is { path: [Step::Member(member)], values, .. } if *member == tag.name => {
                values.contains(&arm.value)
            }
            // What another kind has is absent.
            Condition::Absent(_) => true,
            condition => has(condition.path()),
        })
}
