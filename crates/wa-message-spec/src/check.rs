//! The walk over a tree that finds everything that is wrong with it.

mod members;
mod words;

use std::borrow::Cow;

use crate::{
    node::{Count, Item, Node, Part, Path, Value},
    one_text::Fault,
    problem::Problem,
    rules,
    shown::{quoted, shown},
    table::{Field, Json, Keyword, List, Numbers, Object, Schema, Text},
    text,
};

pub use members::{Stray, Strayed};
use members::{Strays, within};
use words::{as_text, expected_type, fix, number, range, type_number};
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

/// How many violations a report keeps. Somebody who writes a body of nothing but mistakes should not
/// decide how long the report is, and the rest is counted.
pub const KEPT_AT_MOST: usize = 100;

/// How deep arrays and objects of free JSON may lie inside each other, itself among them. Readers of JSON
/// have an end, which is 127 for `serde_json`, and around free JSON there is a message.
pub const DEPTH_AT_MOST: usize = 100;

/// What is wrong with a tree.
#[derive(Debug, Clone)]
pub struct Report<N> {
    /// The first violations, in the order of the table: [`KEPT_AT_MOST`] of them, and the rest is counted.
    pub violations: Vec<Violation<N>>,
    /// How many there are in all. Of what is not kept, consequences of other violations count too.
    pub count: usize,
}

/// Checks a tree against a table and returns what is wrong with it.
#[must_use]
pub fn check<'a, N: Node<'a>>(root: &'static Object, node: N) -> Report<N> {
    run(root, node, false)
}

/// What is advised against in a tree that breaks no rule.
#[must_use]
pub fn advise<'a, N: Node<'a>>(root: &'static Object, node: N) -> Report<N> {
    run(root, node, true)
}

fn run<'a, N: Node<'a>>(root: &'static Object, node: N, advice: bool) -> Report<N> {
    let walk = |path: Path, keep: usize| {
        let mut checker = Checker { found: Vec::new(), count: 0, keep, advice };
        let place = Place { path, field: Cow::Borrowed(root.label), owner: root.label };
        checker.schema(Schema::Object(root), &place, node);
        (checker.found, checker.count)
    };
    // Most trees have nothing wrong, and to write down where everything lies is most of the work. So the
    // first walk counts, and the second ends when as many are found as are kept.
    let (_, count) = walk(Path::unread(), 0);
    let violations = if count == 0 { Vec::new() } else { walk(Path::root(), KEPT_AT_MOST).0 };
    Report { violations, count }
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
    /// How many were found, with those that are not kept.
    count: usize,
    /// How many are kept. With none, they are counted alone.
    keep: usize,
    /// Whether advice is asked for in place of rules.
    advice: bool,
}

impl<'a, N: Node<'a>> Checker<N> {
    /// Counts a violation, and keeps it if there is room. What it says is made only then.
    #[inline(never)]
    pub(crate) fn report(
        &mut self,
        at: N,
        part: Part,
        path: Path,
        problem: &dyn Fn() -> Problem,
        number: Option<u16>,
    ) {
        self.count += 1;
        if self.found.len() < self.keep {
            self.found.push(Violation { at, part, path, problem: problem(), number });
        }
    }

    /// Whether the walk is over, because nothing more is kept or counted.
    pub(crate) fn is_over(&self) -> bool {
        self.keep != 0 && self.found.len() == self.keep
    }

    fn schema(&mut self, schema: Schema, place: &Place<'_>, node: N) {
        if self.is_over() {
            return;
        }
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
                    let range = || range(min.map(|m| m.to_string()), max.map(|m| m.to_string()));
                    self.out_of_range(node, place, &found, &range, limits.numbers);
                }
            }
            (Value::Integer(_) | Value::Number(_) | Value::Text(_), Schema::Number(limits))
                if number(&value).is_some() =>
            {
                let found = number(&value).unwrap_or_default();
                if !found.is_finite() {
                    let range = || "a finite number".to_owned();
                    return self.out_of_range(node, place, &found, &range, limits.numbers);
                }
                let fits = limits.min.is_none_or(|min| found >= min)
                    && limits.max.is_none_or(|max| found <= max);
                if !fits {
                    let text = |limit: Option<f64>| limit.map(|limit| limit.to_string());
                    let range = || range(text(limits.min), text(limits.max));
                    self.out_of_range(node, place, &found, &range, limits.numbers);
                }
            }
            (Value::Unknown, _) | (Value::Boolean(_), Schema::Boolean) => {}
            (found, expected) => {
                let problem = || Problem::WrongType {
                    field: place.field.to_string(),
                    expected: expected_type(expected).to_owned(),
                    found: found_type(found).to_owned(),
                    fix: fix(found, expected),
                };
                self.whole(node, place, &problem, type_number(expected));
            }
        }
    }

    fn whole(
        &mut self,
        node: N,
        place: &Place<'_>,
        problem: &dyn Fn() -> Problem,
        number: Option<u16>,
    ) {
        self.report(node, Part::Whole, place.path.clone(), problem, number);
    }

    fn out_of_range(
        &mut self,
        node: N,
        place: &Place<'_>,
        found: &dyn ToString,
        range: &dyn Fn() -> String,
        numbers: Numbers,
    ) {
        let problem = || Problem::OutOfRange {
            field: place.field.to_string(),
            found: found.to_string(),
            range: range(),
        };
        self.whole(node, place, &problem, numbers.of(Keyword::Any));
    }

    fn json(&mut self, json: &Json, place: &Place<'_>, node: N, members: &[(&'a str, N)]) {
        let number = json.numbers.of(Keyword::Any);
        let owner = || place.owner.to_owned();
        let field = || place.field.to_string();
        let count = members.len();
        if count < json.min {
            let problem =
                || Problem::TooFew { owner: owner(), field: field(), count, min: json.min };
            return self.whole(node, place, &problem, number);
        }
        if count > json.max {
            let problem =
                || Problem::TooMany { owner: owner(), field: field(), count, max: json.max };
            return self.whole(node, place, &problem, number);
        }
        let Some(max) = json.texts else {
            if is_deep(members) {
                let problem = || Problem::TooDeep { field: field(), max: DEPTH_AT_MOST };
                self.whole(node, place, &problem, number);
            }
            return;
        };
        for (name, member) in members {
            let place = Place {
                path: place.path.member(name),
                field: place.name_inside(|| quoted(name)),
                owner: place.owner,
            };
            match member.value() {
                Value::Unknown | Value::OneOf(_) => {}
                Value::Text(found) if text::length(&found) <= max => {}
                Value::Text(found) => {
                    let problem = || Problem::TooLong {
                        owner: place.owner.to_owned(),
                        field: place.field.to_string(),
                        length: text::length(&found),
                        max,
                    };
                    self.whole(*member, &place, &problem, number);
                }
                found => {
                    let problem = || Problem::WrongType {
                        field: place.field.to_string(),
                        expected: "a text".to_owned(),
                        found: found_type(&found).to_owned(),
                        fix: as_text(&found),
                    };
                    self.whole(*member, &place, &problem, number);
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
                let problem = || not_allowed(field(), found, values.names);
                self.whole(node, place, &problem, limits.numbers.of(Keyword::Any));
            }
            return;
        }
        if let Some(fault) = Fault::of(limits, found) {
            let problem = || fault.problem(limits, place.owner, &place.field);
            self.whole(node, place, &problem, fault.number(limits));
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
            let problem = || Problem::Respelt {
                field: field(),
                found: shown(found).into_owned(),
                written: value.to_owned(),
            };
            self.report(node, Part::Whole, path.clone(), &problem, None);
        }
    }

    fn list(&mut self, list: &'static List, place: &Place<'_>, node: N, items: &[Item<N>]) {
        let certain = items.iter().filter(|item| item.count == Count::Once);
        let count = certain.clone().count();
        let owner = || place.owner.to_owned();
        let field = || place.field.to_string();
        if count > list.max {
            let problem =
                || Problem::TooMany { owner: owner(), field: field(), count, max: list.max };
            let first_too_many = certain.clone().nth(list.max).map_or(node, |item| item.node);
            self.whole(first_too_many, place, &problem, list.numbers.of(Keyword::MaxItems));
        } else if items.len() < list.min && items.iter().all(|item| item.count != Count::Many) {
            let problem = || Problem::TooFew {
                owner: owner(),
                field: field(),
                count: items.len(),
                min: list.min,
            };
            self.whole(node, place, &problem, list.numbers.of(Keyword::MinItems));
        }
        for (index, item) in items.iter().enumerate() {
            if self.is_over() {
                return;
            }
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
                let problem = || Problem::Another {
                    owner: place.field.to_string(),
                    value: format!("`{}`", limit.value),
                    max: limit.max,
                };
                self.report(item.node, Part::Whole, place.path.item(index), &problem, limit.number);
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
        let problem = || Problem::Missing {
            owner: label.to_owned(),
            field: format!("`{}`", field.name),
            what: noun_phrase(field.description),
        };
        self.report(at, Part::Whole, place.path.member(field.name), &problem, field.number);
    }
}

/// Whether free members are nested deeper than they may be. It goes from layer to layer, because what calls
/// itself takes as much of the stack as somebody else decides.
fn is_deep<'a, N: Node<'a>>(members: &[(&'a str, N)]) -> bool {
    let mut layer: Vec<N> = members.iter().map(|(_, member)| *member).collect();
    for _ in 0..DEPTH_AT_MOST {
        let mut next = Vec::new();
        let mut is_flat = true;
        for node in layer {
            match node.value() {
                Value::Object(members) => {
                    is_flat = false;
                    next.extend(members.into_iter().map(|(_, member)| member));
                }
                Value::List(items) => {
                    is_flat = false;
                    next.extend(items.into_iter().map(|item| item.node));
                }
                _ => {}
            }
        }
        if is_flat {
            return false;
        }
        layer = next;
    }
    true
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
