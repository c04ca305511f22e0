//! Which members an object has that it cannot have, and which exclude each other.

use crate::{
    node::{self, Node, Part, Value},
    problem::{Label, Problem, ProblemKind, Subject},
    sink::{Place, Sink},
    stray::{Stray, Strayed},
    table::{Arm, Keyword, Kind, Object, Tag},
    whereabouts::Form,
};

use super::tags::Chosen;

/// What the members that an object does not have say of those that it lacks.
#[derive(Debug, Default)]
pub(super) struct Strays {
    /// Whether one belongs to another arm: then the tag is wrong, and not two things.
    pub(super) of_another_arm: bool,
    /// Members in whose place one is given.
    pub(super) instead: Vec<&'static str>,
}

/// Reports members that the object does not have.
pub(super) fn names<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    kinds: &'static [Kind],
    object: &'static Object,
    chosen: &Chosen,
    place: &Place<'_>,
    members: &[(&'a str, N)],
) -> Strays {
    let mut strays = Strays::default();
    let tags = chosen.tags();
    let fields = || chosen.objects.iter().flat_map(|object| object.fields);
    // What is given already is not what was meant.
    let mut absent: Option<Vec<&'static str>> = None;
    for (name, node) in members {
        let known = fields().any(|field| field.name == *name)
            || tags.iter().any(|tag| tag.name == *name)
            || chosen.open_tag().is_some_and(|tag| is_possible(tag, name));
        // Nothing in the place of what is not taken is what is asked for.
        let is_nothing = || matches!(node.value(), Value::Null);
        let refused = || chosen.objects.iter().any(|object| object.refusal(name).is_some());
        if known || is_nothing() && refused() {
            continue;
        }
        let path = place.path.member(name);
        if chosen.objects.iter().any(|object| object.ignored.contains(name)) {
            if sink.is_advice() {
                let subject = || Subject::named(chosen.label, name);
                let problem = || Problem::new(subject(), ProblemKind::Ignored);
                sink.report(*node, Part::Name, path, &problem, None);
            }
            continue;
        }
        if sink.is_full() {
            sink.count();
            continue;
        }
        let is_given = |known: &&str| members.iter().any(|(given, _)| given == known);
        let absent = absent.get_or_insert_with(|| {
            fields().map(|field| field.name).filter(|known| !is_given(known)).collect()
        });
        let choice = |way: &[&'static str], tag: &'static Tag| told(members, way, tag);
        let stray = Stray {
            kinds,
            object,
            objects: &chosen.objects,
            tags: &tags,
            label: chosen.label,
            form: Form::Wire,
            choice: &choice,
        };
        let Strayed { problem, number, instead } = stray.judge(name, absent.iter().copied());
        strays.of_another_arm |= stray.is_of_another_arm(name);
        strays.instead.extend(instead);
        sink.report(*node, Part::Name, path, &|| problem.clone(), number);
    }
    strays
}

/// Whether a tag may choose something that has a member of this name.
fn is_possible(tag: &'static Tag, name: &str) -> bool {
    let may_have = |arm: &Arm| {
        arm.object.field(name).is_some()
            || arm.object.tag.is_some_and(|tag| tag.name == name || is_possible(tag, name))
    };
    tag.arms.iter().any(may_have)
}

/// The arm that a tag chooses behind some members.
fn told<'a, N: Node<'a>>(
    members: &[(&'a str, N)],
    way: &[&'static str],
    tag: &'static Tag,
) -> Option<&'static Arm> {
    let (first, rest) = way.split_first()?;
    let first = node::member(members, first)?;
    let object = rest.iter().try_fold(first, |node, name| node.member(name))?;
    tag.arm(&object.text_of(tag.name)?)
}

/// Checks which of the members that exclude or replace each other are given.
pub(super) fn alternatives<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    object: &'static Object,
    (node, place): (N, &Place<'_>),
    label: Label,
    instead: &[&str],
    present: &impl Fn(&str) -> Option<N>,
) {
    let sure = |names: &[&str]| {
        names.iter().all(|name| present(name).is_some_and(|node| !node.value().is_open()))
    };
    // A name with a slip in it is reported, and is there.
    let possible =
        |names: &[&str]| names.iter().all(|name| present(name).is_some() || instead.contains(name));
    let mut none_of = |groups: &[&[&'static str]], keyword| {
        let problem = || {
            let groups = groups.iter().map(|names| names.to_vec()).collect();
            Problem::new(Subject::of(label), ProblemKind::NoneOf { groups })
        };
        let number = object.numbers.of(keyword);
        sink.report(node, Part::Whole, place.path.clone(), &problem, number);
    };
    if !object.at_least_one.is_empty()
        && !node.is_partial()
        && !object.at_least_one.iter().any(|names| possible(names))
    {
        none_of(object.at_least_one, Keyword::AnyOf);
    }
    if object.exactly_one.is_empty() {
        return;
    }
    let mut given = object.exactly_one.iter().filter(|names| sure(names));
    match (given.next(), given.next()) {
        (Some(first), Some(second)) => {
            let problem = || {
                let subject = Subject::member_of(label, second[0]);
                Problem::new(subject, ProblemKind::Both { beside: first[0] })
            };
            let at = present(second[0]).unwrap_or(node);
            let path = place.path.member(second[0]);
            let number = object.numbers.of(Keyword::OneOf);
            sink.report(at, Part::Name, path, &problem, number);
        }
        (None, _)
            if !node.is_partial() && !object.exactly_one.iter().any(|names| possible(names)) =>
        {
            none_of(object.exactly_one, Keyword::OneOf);
        }
        _ => {}
    }
}
