//! The walk over a tree that finds everything that is wrong with it.

use std::borrow::Cow;

use crate::{
    node::{Count, Item, Node, Part, Path, Value},
    problem::Problem,
    rules,
    suggest::nearest,
    table::{Field, Keyword, List, Numbers, Object, Schema, Tag, Text},
    text,
};

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
    let mut checker = Checker { found: Vec::new() };
    checker.schema(Schema::Object(root), &Place::root(root), node);
    checker.found
}

/// Where the walk is, and what a sentence calls it.
#[derive(Debug, Clone)]
pub(crate) struct Place<'p> {
    pub(crate) path: Path,
    pub(crate) field: Cow<'p, str>,
    pub(crate) owner: &'p str,
}

impl Place<'static> {
    fn root(root: &'static Object) -> Self {
        Self { path: Path::root(), field: Cow::Borrowed(root.label), owner: root.label }
    }
}

pub(crate) struct Checker<N> {
    found: Vec<Violation<N>>,
}

/// What the tag of an object, and the tags of what it chose, came to.
struct Chosen {
    objects: Vec<&'static Object>,
    tags: Vec<&'static Tag>,
    label: String,
    /// Whether all tags were known, so that every member is known too.
    complete: bool,
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
            (Value::Object(members), Schema::Json(json)) if members.len() < json.min => {
                let problem = Problem::TooFew {
                    owner: place.owner.to_owned(),
                    field: place.field.to_string(),
                    count: members.len(),
                    min: json.min,
                };
                self.whole(node, place, problem, json.numbers.of(Keyword::Any));
            }
            (Value::List(items), Schema::List(list)) => self.list(list, place, node, items),
            (Value::Text(found), Schema::Text(text)) => self.text(text, place, node, found),
            (Value::Integer(found), Schema::Text(text)) if text.lenient_integer => {
                self.text(text, place, node, &found.to_string());
            }
            (Value::Integer(found), Schema::Integer(limits)) => {
                let min = limits.constant.or(limits.min);
                let max = limits.constant.or(limits.max);
                let fits = *found >= i128::from(min.unwrap_or(i64::MIN))
                    && *found <= i128::from(max.unwrap_or(i64::MAX));
                if !fits {
                    let range = range(min.map(|m| m.to_string()), max.map(|m| m.to_string()));
                    self.out_of_range(node, place, found.to_string(), range, limits.numbers);
                }
            }
            (Value::Number(found), Schema::Integer(_))
                if found.fract() == 0.0 && found.abs() < 9e15 =>
            {
                // A JSON number without a fraction is a whole number, however it is written.
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
            (Value::Unknown, _)
            | (Value::Boolean(_), Schema::Boolean)
            | (Value::Object(_), Schema::Json(_)) => {}
            (found, expected) => {
                let problem = Problem::WrongType {
                    field: place.field.to_string(),
                    expected: expected_type(expected).to_owned(),
                    found: found_type(found).to_owned(),
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

    fn text(&mut self, limits: &Text, place: &Place<'_>, node: N, found: &str) {
        let field = place.field.to_string();
        if let Some(values) = limits.values {
            if !values.names.contains(&found) {
                let problem = not_allowed(field, found, values.names);
                self.whole(node, place, problem, limits.numbers.of(Keyword::Any));
            }
            return;
        }
        let length = text::length(found);
        let owner = || place.owner.to_owned();
        if length < limits.min {
            let problem = Problem::TooShort { owner: owner(), field, length, min: limits.min };
            self.whole(node, place, problem, limits.numbers.of(Keyword::MinLength));
        } else if length > limits.max {
            let problem = Problem::TooLong { owner: owner(), field, length, max: limits.max };
            self.whole(node, place, problem, limits.numbers.of(Keyword::MaxLength));
        } else if limits.pattern.is_some_and(|pattern| !pattern.matches(found)) {
            let problem = Problem::Malformed { field, says: limits.says.to_owned() };
            self.whole(node, place, problem, limits.numbers.of(Keyword::Pattern));
        } else if limits.format.is_some_and(|format| !format.holds(found)) {
            let problem = Problem::Malformed { field, says: limits.says.to_owned() };
            self.whole(node, place, problem, limits.numbers.of(Keyword::Format));
        }
    }

    fn list(&mut self, list: &'static List, place: &Place<'_>, node: N, items: &[Item<N>]) {
        let certain = items.iter().filter(|item| item.count == Count::Once);
        let count = certain.clone().count();
        let (owner, field) = (place.owner.to_owned(), place.field.to_string());
        if count > list.max {
            let problem = Problem::TooMany { owner, field, count, max: list.max };
            let first_too_many = certain.clone().nth(list.max).map_or(node, |item| item.node);
            self.whole(first_too_many, place, problem, list.numbers.of(Keyword::MaxItems));
        } else if items.len() < list.min && items.iter().all(|item| item.count != Count::Many) {
            let problem = Problem::TooFew { owner, field, count: items.len(), min: list.min };
            self.whole(node, place, problem, list.numbers.of(Keyword::MinItems));
        }
        for (index, item) in items.iter().enumerate() {
            let owner = match list.items {
                Schema::Object(object) => object.label,
                _ => place.owner,
            };
            let inner = Place {
                path: place.path.item(index),
                field: Cow::Owned(format!("an item of {}", place.field)),
                owner,
            };
            self.schema(list.items, &inner, item.node);
        }
        for limit in list.at_most {
            let mut matching = items.iter().enumerate().filter(|(_, item)| {
                item.count == Count::Once
                    && member_text(item.node, limit.member).is_some_and(|text| text == limit.value)
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
        if chosen.complete {
            self.names(object, &chosen, place, members);
        }
        let present = |name: &str| {
            let given = members.iter().find(|(known, _)| *known == name);
            given.filter(|(_, node)| !matches!(node.value(), Value::Null)).map(|(_, node)| *node)
        };
        for field in chosen.objects.iter().flat_map(|object| object.fields) {
            match present(field.name) {
                Some(inner) => self.schema(field.schema, &within(field, place, &chosen), inner),
                None if field.required => self.missing(field, node, place, &chosen.label),
                None => {}
            }
        }
        for object in &chosen.objects {
            self.alternatives(object, node, place, &chosen.label, &present);
            for rule in object.rules {
                rules::check(self, rule, node, place, &chosen.label);
            }
        }
    }

    fn missing(&mut self, field: &Field, node: N, place: &Place<'_>, label: &str) {
        let problem = Problem::Missing {
            owner: label.to_owned(),
            field: format!("`{}`", field.name),
            what: noun_phrase(field.description),
        };
        self.report(node, Part::Whole, place.path.member(field.name), problem, field.number);
    }

    /// Follows the tags of an object to all the members that it can have.
    fn choose(
        &mut self,
        object: &'static Object,
        place: &Place<'_>,
        node: N,
        members: &[(&'a str, N)],
    ) -> Chosen {
        let mut chosen = Chosen {
            objects: vec![object],
            tags: Vec::new(),
            label: place.owner.to_owned(),
            complete: true,
        };
        let mut next = object.tag;
        while let Some(tag) = next {
            chosen.tags.push(tag);
            let given = members.iter().find(|(name, _)| *name == tag.name).map(|(_, node)| *node);
            let Some(arm) =
                self.arm(chosen.objects[chosen.objects.len() - 1], tag, given, place, node)
            else {
                chosen.complete = false;
                break;
            };
            chosen.objects.push(arm);
            if let Some(kind) = arm.kind {
                chosen.label = format!("`<{kind}>`");
            }
            next = arm.tag;
        }
        if let Some(kind) = object.kind {
            chosen.label = format!("`<{kind}>`");
        }
        chosen
    }

    fn arm(
        &mut self,
        object: &'static Object,
        tag: &'static Tag,
        given: Option<N>,
        place: &Place<'_>,
        node: N,
    ) -> Option<&'static Object> {
        let number = object.numbers.of(Keyword::OneOf);
        let path = place.path.member(tag.name);
        let field = format!("`{}`", tag.name);
        match given.map(|node| (node, node.value())) {
            None | Some((_, Value::Null)) => {
                if let Some(default) = tag.default {
                    return Some(tag.arms[default].object);
                }
                let problem = Problem::Missing {
                    owner: place.owner.to_owned(),
                    field,
                    what: noun_phrase(tag.description),
                };
                self.report(given.unwrap_or(node), Part::Whole, path, problem, number);
                None
            }
            Some((_, Value::Unknown | Value::OneOf(_))) => None,
            Some((node, Value::Text(found))) => {
                let arm = tag.arm(&found);
                if arm.is_none() {
                    let allowed: Vec<_> = tag.arms.iter().map(|arm| arm.value).collect();
                    let problem = not_allowed(field, &found, &allowed);
                    self.report(node, Part::Whole, path, problem, number);
                }
                arm.map(|arm| arm.object)
            }
            Some((node, found)) => {
                let problem = Problem::WrongType {
                    field,
                    expected: "a text".to_owned(),
                    found: found_type(&found).to_owned(),
                };
                self.report(node, Part::Whole, path, problem, number);
                None
            }
        }
    }

    /// Reports members that the object does not have.
    fn names(
        &mut self,
        object: &'static Object,
        chosen: &Chosen,
        place: &Place<'_>,
        members: &[(&'a str, N)],
    ) {
        let fields = || chosen.objects.iter().flat_map(|object| object.fields);
        for (name, node) in members {
            let known = fields().any(|field| field.name == *name)
                || chosen.tags.iter().any(|tag| tag.name == *name);
            if known {
                continue;
            }
            let known = fields().map(|field| field.name);
            let (problem, number) =
                stray(object, &chosen.objects, &chosen.tags, &chosen.label, name, known);
            self.report(*node, Part::Name, place.path.member(name), problem, number);
        }
    }

    /// Checks which of the members that exclude or replace each other are given.
    fn alternatives(
        &mut self,
        object: &'static Object,
        node: N,
        place: &Place<'_>,
        label: &str,
        present: &impl Fn(&str) -> Option<N>,
    ) {
        let sure = |names: &[&str]| {
            names.iter().all(|name| {
                present(name).is_some_and(|node| !matches!(node.value(), Value::Unknown))
            })
        };
        let possible = |names: &[&str]| names.iter().all(|name| present(name).is_some());
        let none_of = |groups: &[&[&str]]| Problem::NoneOf {
            owner: label.to_owned(),
            fields: groups.iter().map(|names| format!("`{}`", names.join("` and `"))).collect(),
        };
        if !object.at_least_one.is_empty()
            && !object.at_least_one.iter().any(|names| possible(names))
        {
            let number = object.numbers.of(Keyword::AnyOf);
            self.whole(node, place, none_of(object.at_least_one), number);
        }
        if object.exactly_one.is_empty() {
            return;
        }
        let number = object.numbers.of(Keyword::OneOf);
        let mut given = object.exactly_one.iter().filter(|names| sure(names));
        match (given.next(), given.next()) {
            (Some(first), Some(second)) => {
                let problem = Problem::Both {
                    owner: label.to_owned(),
                    field: format!("`{}`", second[0]),
                    beside: format!("`{}`", first[0]),
                };
                let at = present(second[0]).unwrap_or(node);
                self.report(at, Part::Name, place.path.member(second[0]), problem, number);
            }
            (None, _) if !object.exactly_one.iter().any(|names| possible(names)) => {
                self.whole(node, place, none_of(object.exactly_one), number);
            }
            _ => {}
        }
    }
}

/// What is wrong with a member that an object does not have, and the number of the rule.
///
/// `objects` and `tags` are the object itself and what its tags chose.
#[must_use]
pub fn stray(
    object: &'static Object,
    objects: &[&'static Object],
    tags: &[&'static Tag],
    label: &str,
    name: &str,
    known: impl Iterator<Item = &'static str>,
) -> (Problem, Option<u16>) {
    let field = format!("`{name}`");
    if let Some(refused) = objects.iter().find_map(|object| object.refusal(name)) {
        let because = refused.because.to_owned();
        return (Problem::Refused { field, because }, refused.number);
    }
    let foreign = tags.iter().flat_map(|tag| tag.arms).find(|arm| arm.object.field(name).is_some());
    if let Some(arm) = foreign {
        let belongs_to = match arm.object.kind {
            Some(kind) => format!("`<{kind}>`"),
            None => format!("the `{}` one", arm.value),
        };
        let problem = Problem::Foreign { owner: label.to_owned(), field, belongs_to };
        return (problem, object.numbers.of(Keyword::OneOf));
    }
    let suggestion = nearest(name, known).map(str::to_owned);
    let number =
        objects.iter().rev().find_map(|object| object.numbers.of(Keyword::AdditionalProperties));
    (Problem::Unknown { owner: label.to_owned(), field, suggestion }, number)
}

/// The place of a member.
fn within<'p>(field: &'static Field, place: &Place<'_>, chosen: &'p Chosen) -> Place<'p> {
    let owner = match field.schema {
        // What the short form writes in place of the object is called by the object's own name.
        Schema::Object(object) if !field.lifted => object.label,
        _ => &chosen.label,
    };
    Place {
        path: place.path.member(field.name),
        field: Cow::Owned(format!("`{}`", field.name)),
        owner,
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

pub(crate) fn not_allowed(field: String, found: &str, allowed: &[&str]) -> Problem {
    Problem::NotAllowed {
        field,
        found: format!("`{found}`"),
        allowed: allowed.iter().map(|name| format!("`{name}`")).collect(),
        suggestion: nearest(found, allowed.iter().copied()).map(str::to_owned),
    }
}

/// The first sentence of a description, as it stands inside another sentence.
pub(crate) fn noun_phrase(description: &str) -> String {
    let sentence = description.split_once(". ").map_or(description, |(first, _)| first);
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    match letters.next() {
        // An abbreviation such as "WAMID" keeps its capitals.
        Some(first) if letters.clone().next().is_none_or(|c| !c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// A number, or a text that is one.
fn number<N>(value: &Value<'_, N>) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
        Value::Integer(found) => Some(*found as f64),
        Value::Number(found) => Some(*found),
        Value::Text(found) => found.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn range(min: Option<String>, max: Option<String>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min,
        (Some(min), Some(max)) => format!("from {min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "a 64-bit whole number".to_owned(),
    }
}

fn expected_type(schema: Schema) -> &'static str {
    match schema {
        Schema::Text(_) => "a text",
        Schema::Integer(_) => "a whole number",
        Schema::Number(_) => "a number",
        Schema::Boolean => "`true` or `false`",
        Schema::Json(_) | Schema::Object(_) => "an object",
        Schema::List(_) => "an array",
    }
}

fn found_type<N>(value: &Value<'_, N>) -> &'static str {
    match value {
        Value::Unknown | Value::OneOf(_) => "an expression",
        Value::Null => "`null`",
        Value::Boolean(_) => "`true` or `false`",
        Value::Integer(_) | Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "an array",
        Value::Object(_) => "an object",
    }
}

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
