//! The walk over a tree that finds everything that is wrong with it.

mod members;
mod words;

use std::borrow::Cow;

use crate::{
    node::{Count, Item, Node, Part, Path, Value},
    problem::Problem,
    rules,
    table::{Field, Json, Keyword, List, Numbers, Object, Schema, Text},
    text,
};

pub use members::{Stray, Strayed};
use members::{Strays, within};
use words::{expected_type, fix, number, quoted, range, type_number};
pub use words::{found_type, not_allowed, noun_phrase};

/// One thing that is wrong with a tree.
#[derive(Debug, Clone)]
pub struct Violation<N> {
    /// The value that is wrong, or the object that lacks or should not have a member.
    pub at: N,
    /// The part of the value.
    pub part: Part,
    /// Where it lies in the document.
    pub path: Path,
    /// What is wrong.
    pub problem: Problem,
    /// The number of the rule, for rules that have one.
    pub number: Option<u16>,
}

/// Checks a tree against a table and returns everything that is wrong with it, in the order of the
/// table.
#[must_use]
pub fn check<'a, N: Node<'a>>(root: &'static Object, node: N) -> Vec<Violation<N>> {
    run(root, node, false)
}

/// What is advised against in a tree that breaks no rule.
#[must_use]
pub fn advise<'a, N: Node<'a>>(root: &'static Object, node: N) -> Vec<Violation<N>> {
    run(root, node, true)
}

fn run<'a, N: Node<'a>>(root: &'static Object, node: N, advice: bool) -> Vec<Violation<N>> {
    let walk = |path: Path| {
        let mut checker = Checker { found: Vec::new(), advice };
        let place = Place { path, field: Cow::Borrowed(root.label), owner: root.label };
        checker.schema(Schema::Object(root), &place, node);
        checker.found
    };
    // Most trees have nothing wrong, and to write down where everything lies is most of the work.
    if walk(Path::unread()).is_empty() { Vec::new() } else { walk(Path::root()) }
}

/// Where the walk is, and what a sentence calls it.
#[derive(Debug, Clone)]
pub(crate) struct Place<'p> {
    pub(crate) path: Path,
    pub(crate) field: Cow<'p, str>,
    pub(crate) owner: &'p str,
}

impl Place<'_> {
    /// What a sentence calls a value inside, if there may be one.
    fn name_inside(&self, name: impl FnOnce() -> String) -> Cow<'static, str> {
        if self.path.is_unread() { Cow::Borrowed("") } else { Cow::Owned(name()) }
    }
}

pub(crate) struct Checker<N> {
    found: Vec<Violation<N>>,
    /// Whether advice is asked for in place of rules.
    advice: bool,
}

impl<'a, N: Node<'a>> Checker<N> {
    pub(crate) fn report(
        &mut self,
        at: N,
        part: Part,
        path: Path,
        problem: Problem,
        number: Option<u16>,
    ) {
        self.found.push(Violation { at, part, path, problem, number });
    }

    fn schema(&mut self, schema: Schema, place: &Place<'_>, node: N) {
        let value = node.value();
        match (&value, schema) {
            (Value::OneOf(nodes), _) => {
                for node in nodes {
                    self.schema(schema, place, *node);
                }
            }
            (Value::Object(members), Schema::Object(object)) => {
                self.object(object, place, node, members);
            }
            (Value::Object(members), Schema::Json(json)) => self.json(json, place, node, members),
            (Value::List(items), Schema::List(list)) => self.list(list, place, node, items),
            (Value::Text(found), Schema::Text(text)) => self.text(text, place, node, found),
            (Value::Integer(found), Schema::Text(text)) if text.lenient_integer => {
                self.text(text, place, node, &found.to_string());
            }
            // A JSON number without a fraction is a whole number, however it is written.
            (value @ (Value::Integer(_) | Value::Number(_)), Schema::Integer(limits))
                if rules::whole(value).is_some() =>
            {
                let found = rules::whole(value).unwrap_or_default();
                let min = limits.constant.or(limits.min);
                let max = limits.constant.or(limits.max);
                let fits = found >= i128::from(min.unwrap_or(i64::MIN))
                    && found <= i128::from(max.unwrap_or(i64::MAX));
                if !fits {
                    let range = range(min.map(|m| m.to_string()), max.map(|m| m.to_string()));
                    self.out_of_range(node, place, found.to_string(), range, limits.numbers);
                }
            }
            (Value::Integer(_) | Value::Number(_) | Value::Text(_), Schema::Number(limits))
                if number(&value).is_some() =>
            {
                let found = number(&value).unwrap_or_default();
                let fits = limits.min.is_none_or(|min| found >= min)
                    && limits.max.is_none_or(|max| found <= max);
                if !fits {
                    let range =
                        range(limits.min.map(|m| m.to_string()), limits.max.map(|m| m.to_string()));
                    self.out_of_range(node, place, found.to_string(), range, limits.numbers);
                }
            }
            (Value::Unknown, _) | (Value::Boolean(_), Schema::Boolean) => {}
            (found, expected) => {
                let problem = Problem::WrongType {
                    field: place.field.to_string(),
                    expected: expected_type(expected).to_owned(),
                    found: found_type(found).to_owned(),
                    fix: fix(found, expected),
                };
                self.whole(node, place, problem, type_number(expected));
            }
        }
    }

    fn whole(&mut self, node: N, place: &Place<'_>, problem: Problem, number: Option<u16>) {
        self.report(node, Part::Whole, place.path.clone(), problem, number);
    }

    fn out_of_range(
        &mut self,
        node: N,
        place: &Place<'_>,
        found: String,
        range: String,
        numbers: Numbers,
    ) {
        let problem = Problem::OutOfRange { field: place.field.to_string(), found, range };
        self.whole(node, place, problem, numbers.of(Keyword::Any));
    }

    fn json(&mut self, json: &Json, place: &Place<'_>, node: N, members: &[(&'a str, N)]) {
        let number = json.numbers.of(Keyword::Any);
        let (owner, field) = (place.owner.to_owned(), place.field.to_string());
        let count = members.len();
        if count < json.min {
            let problem = Problem::TooFew { owner, field, count, min: json.min };
            return self.whole(node, place, problem, number);
        }
        if count > json.max {
            let problem = Problem::TooMany { owner, field, count, max: json.max };
            return self.whole(node, place, problem, number);
        }
        let Some(max) = json.texts else { return };
        for (name, member) in members {
            let place = Place {
                path: place.path.member(name),
                field: place.name_inside(|| format!("`{name}`")),
                owner: place.owner,
            };
            match member.value() {
                Value::Unknown | Value::OneOf(_) => {}
                Value::Text(found) if text::length(&found) <= max => {}
                Value::Text(found) => {
                    let problem = Problem::TooLong {
                        owner: place.owner.to_owned(),
                        field: place.field.to_string(),
                        length: text::length(&found),
                        max,
                    };
                    self.whole(*member, &place, problem, number);
                }
                found => {
                    let problem = Problem::WrongType {
                        field: place.field.to_string(),
                        expected: "a text".to_owned(),
                        found: found_type(&found).to_owned(),
                        fix: quoted(&found),
                    };
                    self.whole(*member, &place, problem, number);
                }
            }
        }
    }

    fn text(&mut self, limits: &Text, place: &Place<'_>, node: N, found: &str) {
        let field = || place.field.to_string();
        if let Some(values) = limits.values {
            if let Some(value) = values.canonical(found) {
                self.spelling(node, &place.path, field, found, value);
            } else {
                let problem = not_allowed(field(), found, values.names);
                self.whole(node, place, problem, limits.numbers.of(Keyword::Any));
            }
            return;
        }
        let length = text::length(found);
        let owner = || place.owner.to_owned();
        if length < limits.min {
            let problem =
                Problem::TooShort { owner: owner(), field: field(), length, min: limits.min };
            self.whole(node, place, problem, limits.numbers.of(Keyword::MinLength));
        } else if length > limits.max {
            let problem =
                Problem::TooLong { owner: owner(), field: field(), length, max: limits.max };
            self.whole(node, place, problem, limits.numbers.of(Keyword::MaxLength));
        } else if limits.pattern.is_some_and(|pattern| !pattern.matches(found)) {
            let problem = Problem::Malformed { field: field(), says: limits.says.to_owned() };
            self.whole(node, place, problem, limits.numbers.of(Keyword::Pattern));
        } else if limits.format.is_some_and(|format| !format.holds(found)) {
            let problem = Problem::Malformed { field: field(), says: limits.says.to_owned() };
            self.whole(node, place, problem, limits.numbers.of(Keyword::Format));
        }
    }

    /// Advises to write a value as the API does.
    fn spelling(
        &mut self,
        node: N,
        path: &Path,
        field: impl Fn() -> String,
        found: &str,
        value: &str,
    ) {
        if self.advice && found != value {
            let (found, written) = (found.to_owned(), value.to_owned());
            let problem = Problem::Respelt { field: field(), found, written };
            self.report(node, Part::Whole, path.clone(), problem, None);
        }
    }

    fn list(&mut self, list: &'static List, place: &Place<'_>, node: N, items: &[Item<N>]) {
        let certain = items.iter().filter(|item| item.count == Count::Once);
        let count = certain.clone().count();
        let owner = || place.owner.to_owned();
        let field = || place.field.to_string();
        if count > list.max {
            let problem = Problem::TooMany { owner: owner(), field: field(), count, max: list.max };
            let first_too_many = certain.clone().nth(list.max).map_or(node, |item| item.node);
            self.whole(first_too_many, place, problem, list.numbers.of(Keyword::MaxItems));
        } else if items.len() < list.min && items.iter().all(|item| item.count != Count::Many) {
            let problem = Problem::TooFew {
                owner: owner(),
                field: field(),
                count: items.len(),
                min: list.min,
            };
            self.whole(node, place, problem, list.numbers.of(Keyword::MinItems));
        }
        for (index, item) in items.iter().enumerate() {
            let owner = match list.items {
                Schema::Object(object) => object.label,
                _ => place.owner,
            };
            let inner = Place {
                path: place.path.item(index),
                field: place.name_inside(|| format!("an item of {}", place.field)),
                owner,
            };
            self.schema(list.items, &inner, item.node);
        }
        for limit in list.at_most {
            let mut matching = items.iter().enumerate().filter(|(_, item)| {
                item.count == Count::Once
                    && member_text(item.node, limit.member)
                        .is_some_and(|text| text.eq_ignore_ascii_case(limit.value))
            });
            if let Some((index, item)) = matching.nth(limit.max) {
                let problem = Problem::Another {
                    owner: place.field.to_string(),
                    value: format!("`{}`", limit.value),
                    max: limit.max,
                };
                self.report(item.node, Part::Whole, place.path.item(index), problem, limit.number);
            }
        }
    }

    fn object(
        &mut self,
        object: &'static Object,
        place: &Place<'_>,
        node: N,
        members: &[(&'a str, N)],
    ) {
        let chosen = self.choose(object, place, node, members);
        let strays = if chosen.complete {
            self.names(object, &chosen, place, members)
        } else {
            Strays::default()
        };
        let present = |name: &str| {
            let given = members.iter().find(|(known, _)| *known == name);
            given.filter(|(_, node)| !matches!(node.value(), Value::Null)).map(|(_, node)| *node)
        };
        for field in chosen.objects.iter().flat_map(|object| object.fields) {
            let is_own = object.field(field.name).is_some();
            match present(field.name) {
                Some(inner) => self.schema(field.schema, &within(field, place, &chosen), inner),
                None if !field.required
                    || strays.instead.contains(&field.name)
                    || strays.of_another_arm && !is_own => {}
                None => {
                    let null = members.iter().find(|(known, _)| *known == field.name);
                    let at = null.map_or(node, |(_, null)| *null);
                    self.missing(field, at, place, &chosen.label);
                }
            }
        }
        for object in &chosen.objects {
            self.alternatives(object, node, place, &chosen.label, &strays.instead, &present);
            for rule in if self.advice { object.advice } else { object.rules } {
                rules::check(self, rule, node, place, &chosen.label);
            }
        }
    }

    fn missing(&mut self, field: &Field, at: N, place: &Place<'_>, label: &str) {
        let problem = Problem::Missing {
            owner: label.to_owned(),
            field: format!("`{}`", field.name),
            what: noun_phrase(field.description),
        };
        self.report(at, Part::Whole, place.path.member(field.name), problem, field.number);
    }
}

/// The text value of a member, if it is known.
pub(crate) fn member_text<'a, N: Node<'a>>(node: N, name: &str) -> Option<Cow<'a, str>> {
    let Value::Object(members) = node.value() else {
        return None;
    };
    let (_, member) = members.into_iter().find(|(known, _)| *known == name)?;
    match member.value() {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
