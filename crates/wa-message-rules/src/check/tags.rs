//! Which members an object can have: its own, and those of the arms that its tags choose.

use crate::{
    limits::not_allowed,
    node::{self, Node, Part, Path, Value},
    owner::owner_of_members,
    problem::{Label, Problem, ProblemKind, Subject, ValueType},
    sink::{Place, Sink},
    table::{Arm, Field, Keyword, Object, Tag},
};

/// What the tag of an object, and the tags of what it chose, came to.
pub(super) struct Chosen {
    pub(super) objects: Vec<&'static Object>,
    pub(super) label: Label,
    /// Whether all tags were known, so that every member is known too.
    pub(super) complete: bool,
}

impl Chosen {
    /// The tag of which nobody knows what it chooses.
    pub(super) fn open_tag(&self) -> Option<&'static Tag> {
        self.objects.last().and_then(|last| last.tag)
    }

    pub(super) fn tags(&self) -> Vec<&'static Tag> {
        self.objects.iter().filter_map(|object| object.tag).collect()
    }
}

/// Follows the tags of an object to all the members that it can have.
pub(super) fn choose<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    object: &'static Object,
    place: &Place<'_>,
    node: N,
    members: &[(&'a str, N)],
) -> Chosen {
    let choose = |object, tag| arm(sink, object, tag, node::member(members, tag.name), place, node);
    let objects: Vec<_> = object.chosen(choose).collect();
    let complete = objects.last().is_none_or(|last| last.tag.is_none());
    let label = owner_of_members(&objects, place.owner);
    Chosen { objects, label, complete }
}

fn arm<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    object: &'static Object,
    tag: &'static Tag,
    given: Option<N>,
    place: &Place<'_>,
    node: N,
) -> Option<&'static Arm> {
    let number = object.numbers.of(Keyword::OneOf);
    let path = place.path.member(tag.name);
    let owner = if object.label.is_empty() { place.owner } else { Label::Phrase(object.label) };
    let subject = || Subject::member_of(owner, tag.name);
    let (at, value) = match given.map(|node| (node, node.value())) {
        None if node.is_partial() => return None,
        None | Some((_, Value::Null)) => {
            let arm = tag.chosen(None);
            if arm.is_none() {
                let kind = ProblemKind::Missing { description: tag.description };
                let problem = || Problem::new(subject(), kind.clone());
                sink.report(given.unwrap_or(node), Part::Whole, path, &problem, number);
            }
            return arm;
        }
        Some((_, Value::OneOf(nodes))) if node.is_partial() => {
            // What a member may be that is there on a condition is written all the same.
            for inner in nodes {
                if let Value::Text(found) = inner.value() {
                    known_arm(sink, tag, number, (inner, &path), &subject, &found);
                }
            }
            return None;
        }
        Some((_, Value::Unknown | Value::OneOf(_))) => return None,
        Some(given) => given,
    };
    let Value::Text(found) = value else {
        let kind = || ProblemKind::WrongType {
            expected: ValueType::Text,
            found: ValueType::of(&value),
            fix: None,
        };
        sink.report(at, Part::Whole, path, &|| Problem::new(subject(), kind()), number);
        return None;
    };
    known_arm(sink, tag, number, (at, &path), &subject, &found)
}

/// The arm that a value of the tag chooses, which is reported if there is none.
fn known_arm<'a, N: Node<'a>>(
    sink: &mut Sink<N>,
    tag: &'static Tag,
    number: Option<u16>,
    (at, path): (N, &Path),
    subject: &dyn Fn() -> Subject,
    found: &str,
) -> Option<&'static Arm> {
    let arm = tag.arm(found);
    if let Some(arm) = arm {
        sink.spelling(at, path, subject, found, arm.value);
    } else {
        let allowed = || tag.arms.iter().map(|arm| arm.value).collect();
        let problem = || Problem::new(subject(), not_allowed(found, allowed()));
        sink.report(at, Part::Whole, path.clone(), &problem, number);
    }
    arm
}

/// The members of a name that a tag may choose, whatever it says.
pub(super) fn possible(tag: &'static Tag, name: &str) -> Vec<&'static Field> {
    let mut fields = Vec::new();
    for arm in tag.arms {
        fields.extend(arm.object.field(name));
        if let Some(tag) = arm.object.tag {
            fields.extend(possible(tag, name));
        }
    }
    fields
}

/// The place of a member.
pub(super) fn within<'p>(field: &'static Field, place: &Place<'_>, chosen: &Chosen) -> Place<'p> {
    let (path, owner) = (place.path.member(field.name), field.owner(chosen.label));
    Place { path, owner, member: Some(field.name), is_item: false }
}
