//! The walk over a tree that finds everything that is wrong with it.

mod members;
mod mend;
mod tags;
#[cfg(test)]
mod tests;

use crate::{
    limits,
    node::{self, Count, Item, Node, Part, Path, Value},
    problem::{Label, Problem, ProblemKind, Range, Subject, ValueType},
    rules,
    sink::{KEPT_AT_MOST, Place, Report, Sink},
    table::{Field, Json, Keyword, Kind, List, Numbers, Object, Schema, Text},
    text,
};

use members::Strays;
use mend::{as_text, fix};
use tags::{Chosen, within};

/// How deep arrays and objects of free JSON may lie inside each other, itself among them. Readers of JSON
/// have an end, which is 127 for `serde_json`, and around free JSON there is a message.
pub const DEPTH_AT_MOST: usize = 100;

/// Checks a tree against a table and returns what is wrong with it. The kinds of message are for
/// suggestions.
#[must_use]
pub fn check<'a, N: Node<'a>>(root: &'static Object, kinds: &'static [Kind], node: N) -> Report<N> {
    run(root, kinds, node, false)
}

/// Returns what is advised against in a tree that breaks no rule.
#[must_use]
pub fn advise<'a, N: Node<'a>>(
    root: &'static Object,
    kinds: &'static [Kind],
    node: N,
) -> Report<N> {
    run(root, kinds, node, true)
}

/// Returns the table that a document follows: the one that has a constant of its own among the members that are
/// given, or else the first.
///
/// # Panics
///
/// When there is no table.
#[must_use]
pub fn root_of<'a, N: Node<'a>>(roots: &[&'static Object], node: N) -> &'static Object {
    let first = roots[0];
    let own = |root: &&&'static Object| {
        root.fields.iter().any(|field| {
            field.constant().is_some()
                && first.field(field.name).is_none()
                && node.member(field.name).is_some()
        })
    };
    roots.iter().find(own).copied().unwrap_or(first)
}

fn run<'a, N: Node<'a>>(
    root: &'static Object,
    kinds: &'static [Kind],
    node: N,
    advice: bool,
) -> Report<N> {
    let walk = |path: Path, keep: usize| {
        let mut walk = Walk { sink: Sink::new(keep, advice), kinds };
        let owner = Label::Phrase(root.label);
        walk.schema(
            Schema::Object(root),
            &Place { path, owner, member: None, is_item: false },
            node,
        );
        walk.sink.into_violations()
    };
    // Most trees have nothing wrong, and to write down where everything lies is most of the work. So the
    // first walk counts, and the second ends when as many are found as are kept.
    let (_, count) = walk(Path::unread(), 0);
    let violations = if count == 0 { Vec::new() } else { walk(Path::root(), KEPT_AT_MOST).0 };
    Report { violations, count }
}

struct Walk<N> {
    sink: Sink<N>,
    kinds: &'static [Kind],
}

impl<'a, N: Node<'a>> Walk<N> {
    fn schema(&mut self, schema: Schema, place: &Place<'_>, node: N) {
        if self.sink.is_over() {
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
                if value.whole().is_some() =>
            {
                let found = value.whole().unwrap_or_default();
                if let Some(range) = limits::integer(limits, found) {
                    self.out_of_range(node, place, &found, range, limits.numbers);
                }
            }
            (Value::Integer(_) | Value::Number(_) | Value::Text(_), Schema::Number(limits))
                if value.number().is_some() =>
            {
                let found = value.number().unwrap_or_default();
                if let Some(range) = limits::number(limits, found) {
                    self.out_of_range(node, place, &found, range, limits.numbers);
                }
            }
            (Value::Unknown, _) | (Value::Boolean(_), Schema::Boolean) => {}
            (found, expected) => {
                let kind = || ProblemKind::WrongType {
                    expected: ValueType::asked_for(expected),
                    found: ValueType::of(found),
                    fix: fix(found, expected),
                };
                self.whole(node, place, &kind, type_number(expected));
            }
        }
    }

    /// Reports the value at a place.
    fn whole(
        &mut self,
        node: N,
        place: &Place<'_>,
        kind: &dyn Fn() -> ProblemKind,
        number: Option<u16>,
    ) {
        let problem = || Problem::new(place.subject(), kind());
        self.sink.report(node, Part::Whole, place.path.clone(), &problem, number);
    }

    fn out_of_range(
        &mut self,
        node: N,
        place: &Place<'_>,
        found: &dyn ToString,
        range: Range,
        numbers: Numbers,
    ) {
        let kind = || ProblemKind::OutOfRange { found: found.to_string(), range };
        self.whole(node, place, &kind, numbers.of(Keyword::Any));
    }

    fn json(&mut self, json: &Json, place: &Place<'_>, node: N, members: &[(&'a str, N)]) {
        let number = json.numbers.of(Keyword::Any);
        let broken = limits::count(json.min, json.max, json.numbers, members.len());
        if let Some((kind, _)) = broken.filter(|_| !node.is_partial()) {
            return self.whole(node, place, &|| kind.clone(), number);
        }
        let Some(max) = json.texts else {
            if is_deep(members) {
                self.whole(node, place, &|| ProblemKind::TooDeep { max: DEPTH_AT_MOST }, number);
            }
            return;
        };
        for (name, member) in members {
            let path = place.path.member(name);
            let place = Place { path, owner: place.owner, member: Some(name), is_item: false };
            match member.value() {
                Value::Unknown | Value::OneOf(_) => {}
                Value::Text(found) if text::length(&found) <= max => {}
                Value::Text(found) => {
                    let length = text::length(&found);
                    self.whole(*member, &place, &|| ProblemKind::TooLong { length, max }, number);
                }
                found => {
                    let kind = || ProblemKind::WrongType {
                        expected: ValueType::Text,
                        found: ValueType::of(&found),
                        fix: as_text(&found),
                    };
                    self.whole(*member, &place, &kind, number);
                }
            }
        }
    }

    fn text(&mut self, limits: &Text, place: &Place<'_>, node: N, found: &str) {
        if let Some(broken) = limits::text(limits, found) {
            let kind = || broken.kind(limits, found);
            self.whole(node, place, &kind, broken.number(limits));
        } else if let Some(written) = limits.values.and_then(|values| values.canonical(found)) {
            self.sink.spelling(node, &place.path, &|| place.subject(), found, written);
        }
    }

    fn list(&mut self, list: &'static List, place: &Place<'_>, node: N, items: &[Item<N>]) {
        let certain = items.iter().filter(|item| item.count == Count::Once);
        let count = certain.clone().count();
        if count > list.max {
            let kind = || ProblemKind::TooMany { count, max: list.max };
            let first_too_many = certain.clone().nth(list.max).map_or(node, |item| item.node);
            self.whole(first_too_many, place, &kind, list.numbers.of(Keyword::MaxItems));
        } else if items.len() < list.min && items.iter().all(|item| item.count != Count::Many) {
            let kind = || ProblemKind::TooFew { count: items.len(), min: list.min };
            self.whole(node, place, &kind, list.numbers.of(Keyword::MinItems));
        }
        let owner = list.items.owner(place.owner);
        for (index, item) in items.iter().enumerate() {
            if self.sink.is_over() {
                return;
            }
            let path = place.path.item(index);
            let inner = Place { path, owner, member: place.member, is_item: true };
            self.schema(list.items, &inner, item.node);
        }
        for limit in list.at_most {
            let mut matching = items.iter().enumerate().filter(|(_, item)| {
                item.count == Count::Once
                    && item
                        .node
                        .text_of(limit.member)
                        .is_some_and(|text| text.eq_ignore_ascii_case(limit.value))
            });
            if let Some((index, item)) = matching.nth(limit.max) {
                let kind = ProblemKind::Another { value: limit.value, max: limit.max };
                let problem = || Problem::new(place.subject(), kind.clone());
                let path = place.path.item(index);
                self.sink.report(item.node, Part::Whole, path, &problem, limit.number);
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
        let chosen = tags::choose(&mut self.sink, object, place, node, members);
        let strays = if chosen.complete || node.is_partial() {
            members::names(&mut self.sink, self.kinds, object, &chosen, place, members)
        } else {
            Strays::default()
        };
        let present = |name: &str| {
            let given = node::member(members, name);
            given.filter(|node| !matches!(node.value(), Value::Null))
        };
        for field in chosen.objects.iter().flat_map(|object| object.fields) {
            let is_own = object.field(field.name).is_some();
            match present(field.name) {
                Some(inner) => self.schema(field.schema, &within(field, place, &chosen), inner),
                None if !field.required
                    || node.is_partial()
                    || strays.instead.contains(&field.name)
                    || strays.of_another_arm && !is_own => {}
                None => {
                    let at = node::member(members, field.name).unwrap_or(node);
                    self.missing(field, at, place, chosen.label);
                }
            }
        }
        if node.is_partial() && !chosen.complete {
            self.of_arms(&chosen, place, members);
        }
        for object in &chosen.objects {
            let sink = &mut self.sink;
            members::alternatives(
                sink,
                object,
                (node, place),
                chosen.label,
                &strays.instead,
                &present,
            );
            let is_advice = sink.is_advice();
            for rule in if is_advice { object.advice } else { object.rules } {
                rules::check(sink, rule, node, &place.path, chosen.label);
            }
        }
    }

    /// Checks what stands beside a tag that is not known, where all that it may choose say the same of it.
    fn of_arms(&mut self, chosen: &Chosen, place: &Place<'_>, members: &[(&'a str, N)]) {
        let Some(tag) = chosen.open_tag() else { return };
        for (name, inner) in members {
            if chosen.objects.iter().any(|object| object.field(name).is_some()) {
                continue;
            }
            let fields = tags::possible(tag, name);
            if let Some((first, others)) = fields.split_first()
                && others.iter().all(|other| first.schema.is(other.schema))
            {
                self.schema(first.schema, &within(first, place, chosen), *inner);
            }
        }
    }

    fn missing(&mut self, field: &'static Field, at: N, place: &Place<'_>, owner: Label) {
        let problem = || {
            let subject = Subject::member_of(owner, field.name);
            Problem::new(subject, ProblemKind::Missing { description: field.description })
        };
        let path = place.path.member(field.name);
        self.sink.report(at, Part::Whole, path, &problem, field.number);
    }
}

/// The number of the rule behind the type of a value.
fn type_number(schema: Schema) -> Option<u16> {
    match schema {
        Schema::Text(text) => text.numbers.of(Keyword::Any),
        Schema::Integer(integer) => integer.numbers.of(Keyword::Any),
        Schema::Number(number) => number.numbers.of(Keyword::Any),
        Schema::Json(json) => json.numbers.of(Keyword::Any),
        Schema::List(list) => list.numbers.of(Keyword::Any),
        Schema::Boolean | Schema::Object(_) => None,
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
