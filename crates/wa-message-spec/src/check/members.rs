//! Which members an object can have, which it has, and which exclude each other.

use crate::{
    node::{Node, Part, Value},
    problem::Problem,
    suggest::nearest_within,
    table::{Arm, Field, Keyword, Object, Schema, Tag},
    whereabouts::{Form, further_inside, is_kind, kinds_with},
};

use super::{
    Checker, Place,
    words::{found_type, not_allowed, noun_phrase},
};

/// What the tag of an object, and the tags of what it chose, came to.
pub(super) struct Chosen {
    pub(super) objects: Vec<&'static Object>,
    pub(super) tags: Vec<&'static Tag>,
    pub(super) label: String,
    /// Whether all tags were known, so that every member is known too.
    pub(super) complete: bool,
}

/// What the members that an object does not have say of those that it lacks.
#[derive(Debug, Default)]
pub(super) struct Strays {
    /// Whether one belongs to another arm: then the tag is wrong, and not two things.
    pub(super) of_another_arm: bool,
    /// Members in whose place one is given.
    pub(super) instead: Vec<&'static str>,
}

impl<'a, N: Node<'a>> Checker<N> {
    /// Follows the tags of an object to all the members that it can have.
    pub(super) fn choose(
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
        let field = || format!("`{}`", tag.name);
        match given.map(|node| (node, node.value())) {
            None | Some((_, Value::Null)) => {
                if let Some(default) = tag.default {
                    return Some(tag.arms[default].object);
                }
                let problem = Problem::Missing {
                    owner: if object.label.is_empty() { place.owner } else { object.label }
                        .to_owned(),
                    field: field(),
                    what: noun_phrase(tag.description),
                };
                self.report(given.unwrap_or(node), Part::Whole, path, problem, number);
                None
            }
            Some((_, Value::Unknown | Value::OneOf(_))) => None,
            Some((node, Value::Text(found))) => {
                let arm = tag.arm(&found);
                if let Some(arm) = arm {
                    self.spelling(node, &path, field, &found, arm.value);
                } else {
                    let allowed: Vec<_> = tag.arms.iter().map(|arm| arm.value).collect();
                    let problem = not_allowed(field(), &found, &allowed);
                    self.report(node, Part::Whole, path, problem, number);
                }
                arm.map(|arm| arm.object)
            }
            Some((node, found)) => {
                let problem = Problem::WrongType {
                    field: field(),
                    expected: "a text".to_owned(),
                    found: found_type(&found).to_owned(),
                    fix: None,
                };
                self.report(node, Part::Whole, path, problem, number);
                None
            }
        }
    }

    /// Reports members that the object does not have.
    pub(super) fn names(
        &mut self,
        object: &'static Object,
        chosen: &Chosen,
        place: &Place<'_>,
        members: &[(&'a str, N)],
    ) -> Strays {
        let mut strays = Strays::default();
        let fields = || chosen.objects.iter().flat_map(|object| object.fields);
        // What is given already is not what was meant.
        let is_given = |known: &str| members.iter().any(|(given, _)| *given == known);
        for (name, node) in members {
            let known = fields().any(|field| field.name == *name)
                || chosen.tags.iter().any(|tag| tag.name == *name);
            // Nothing in the place of what is not taken is what is asked for.
            let is_nothing = || matches!(node.value(), Value::Null);
            let refused = || chosen.objects.iter().any(|object| object.refusal(name).is_some());
            if known || is_nothing() && refused() {
                continue;
            }
            if chosen.objects.iter().any(|object| object.ignored.contains(name)) {
                if self.advice {
                    let problem = Problem::Ignored { field: format!("`{name}`") };
                    self.report(*node, Part::Name, place.path.member(name), problem, None);
                }
                continue;
            }
            let known = fields().map(|field| field.name).filter(|known| !is_given(known));
            let stray = Stray {
                object,
                objects: &chosen.objects,
                tags: &chosen.tags,
                label: &chosen.label,
                form: Form::Wire,
            };
            let Strayed { problem, number, instead } = stray.judge(name, known);
            strays.of_another_arm |= stray.is_of_another_arm(name);
            strays.instead.extend(instead);
            self.report(*node, Part::Name, place.path.member(name), problem, number);
        }
        strays
    }

    /// Checks which of the members that exclude or replace each other are given.
    pub(super) fn alternatives(
        &mut self,
        object: &'static Object,
        node: N,
        place: &Place<'_>,
        label: &str,
        instead: &[&str],
        present: &impl Fn(&str) -> Option<N>,
    ) {
        let sure = |names: &[&str]| {
            names.iter().all(|name| {
                present(name)
                    .is_some_and(|node| !matches!(node.value(), Value::Unknown | Value::OneOf(_)))
            })
        };
        // A name with a slip in it is reported, and is there.
        let possible = |names: &[&str]| {
            names.iter().all(|name| present(name).is_some() || instead.contains(name))
        };
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

/// A member that an object does not have.
#[derive(Debug)]
pub struct Stray<'s> {
    /// The object itself.
    pub object: &'static Object,
    /// The object and what its tags chose.
    pub objects: &'s [&'static Object],
    /// The tags.
    pub tags: &'s [&'static Tag],
    /// What a sentence calls the object.
    pub label: &'s str,
    /// The form in which it is written.
    pub form: Form,
}

impl Stray<'_> {
    /// Whether the name belongs to something else that the tags could have chosen.
    #[must_use]
    pub fn is_of_another_arm(&self, name: &str) -> bool {
        self.arm_with(name).is_some()
    }

    fn arm_with(&self, name: &str) -> Option<&'static Arm> {
        self.tags.iter().flat_map(|tag| tag.arms).find(|arm| arm.object.field(name).is_some())
    }

    /// What is wrong with it. `known` are the names that may be meant.
    #[must_use]
    pub fn judge(&self, name: &str, known: impl Iterator<Item = &'static str>) -> Strayed {
        let field = format!("`{name}`");
        if let Some(refused) = self.objects.iter().find_map(|object| object.refusal(name)) {
            let problem = Problem::Refused { field, because: refused.because.to_owned() };
            // Members that the word why names are to be given in its place.
            let instead = refused.because.split('`').skip(1).step_by(2).collect();
            return Strayed { problem, number: refused.number, instead };
        }
        let owner = self.label.to_owned();
        if let Some(arm) = self.arm_with(name) {
            let problem = if let Some(kind) = arm.object.kind {
                let belongs_to = format!("`<{kind}>`");
                Problem::Foreign { owner, field, belongs_to, suggestion: None }
            } else {
                let owner = arm_label(self.objects, self.tags).unwrap_or(owner);
                Problem::Unknown { owner, field, suggestion: None, inside: None }
            };
            let number = self.object.numbers.of(Keyword::OneOf);
            return Strayed { problem, number, instead: Vec::new() };
        }
        let known: Vec<_> = known.collect();
        let near = |slips| nearest_within(name, known.iter().copied(), slips);
        // A name that is known elsewhere is rarely a slip.
        let slip = near(Some(1));
        let suggestion = slip.map(str::to_owned);
        let inner = name.rsplit_once('.').map_or(name, |(_, inner)| inner);
        let (problem, instead) =
            if let Some((inside, first)) = further_inside(self.objects, inner, self.form) {
                let inside = Some(inside);
                (Problem::Unknown { owner, field, suggestion, inside }, slip.or(Some(first)))
            } else if let Some(belongs_to) = kinds_with(name).filter(|_| is_kind(self.label)) {
                (Problem::Foreign { owner, field, belongs_to, suggestion }, slip)
            } else {
                let near = near(None);
                let suggestion = near.map(str::to_owned);
                (Problem::Unknown { owner, field, suggestion, inside: None }, near)
            };
        let mut numbers = self.objects.iter().rev().map(|object| object.numbers);
        let number = numbers.find_map(|numbers| numbers.of(Keyword::AdditionalProperties));
        Strayed { problem, number, instead: instead.into_iter().collect() }
    }
}

/// What is wrong with a member that an object does not have.
#[derive(Debug)]
pub struct Strayed {
    /// What is wrong.
    pub problem: Problem,
    /// The number of the rule.
    pub number: Option<u16>,
    /// The members that it is given in place of. That they are missing is a consequence.
    pub instead: Vec<&'static str>,
}

/// What a sentence calls an object by its tag: "a header of the type `image`".
fn arm_label(objects: &[&'static Object], tags: &[&'static Tag]) -> Option<String> {
    let object = objects.first()?;
    let (tag, arm) = tags.iter().rev().find_map(|tag| {
        let chosen = |arm: &&Arm| objects.iter().any(|object| std::ptr::eq(*object, arm.object));
        tag.arms.iter().find(chosen).map(|arm| (tag, arm))
    })?;
    Some(format!("{} of the {} `{}`", object.label, tag.name, arm.value))
}

/// The place of a member.
pub(super) fn within<'p>(
    field: &'static Field,
    place: &Place<'_>,
    chosen: &'p Chosen,
) -> Place<'p> {
    let owner = match field.schema {
        // What the short form writes in place of the object is called by the object's own name.
        Schema::Object(object) if !field.lifted => object.label,
        _ => &chosen.label,
    };
    Place {
        path: place.path.member(field.name),
        field: place.name_inside(|| format!("`{}`", field.name)),
        owner,
    }
}
