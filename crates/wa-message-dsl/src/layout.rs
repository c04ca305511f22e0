//! Matches the fields that were written with the names of the short form.

use wa_message_rules::{
    names::{self, Constant, Names, Slot, Way},
    table::{Arm, Object, Tag},
};

use crate::{
    diagnostic::Spot,
    tree::{Content, Member, Said, Tree},
};

/// The names of an object, of which what is written tells the tags.
pub(crate) fn of_written(object: &'static Object, written: &[Member]) -> Names {
    Names::of(object, &mut |tag, _| infer(tag, written))
}

/// The arm that what is written belongs to.
pub(crate) fn infer(tag: &'static Tag, written: &[Member]) -> Option<&'static Arm> {
    let written = written.iter().map(|member| match &member.value.content {
        Content::Text(text) => (member.name.as_str(), Some(text.as_str())),
        _ => (member.name.as_str(), None),
    });
    names::infer(tag, written)
}

/// In the place of a field that could not be understood, and was reported.
pub(crate) fn failed(slot: &Slot, spot: Spot) -> (Way, Tree) {
    (slot.way.clone(), Tree::new(Content::Failed, spot))
}

/// Where each value stands that has one value only, and how it is called: an error about it stands where
/// it is written, or at the field that implies it.
pub(crate) fn told(names: &Names, written: &[Member], spot: Spot) -> Vec<(Spot, Said)> {
    let told = names.fixed.iter().map(|(way, value)| {
        let Constant::Text(value) = value else { return (spot, Said::Unsaid) };
        let tag = written.iter().find(|member| {
            way.last() == Some(&member.name.as_str())
                && matches!(&member.value.content, Content::Text(found) if found == value)
        });
        let field = written.iter().find(|member| member.name == *value);
        match (tag, field.and_then(|field| field.value.key)) {
            (Some(tag), _) => (tag.value.spot, Said::Plain),
            (None, key) => (key.unwrap_or(spot), Said::Unsaid),
        }
    });
    told.collect()
}

/// The fields that are written in an object in the place of which they should stand, with those further
/// inside.
pub(crate) fn unlifted(names: &Names, members: Vec<Member>) -> Vec<Member> {
    let unlift = |member: Member| match member.value.content {
        Content::Object(inner) if names.lifted.contains(&member.name.as_str()) => {
            unlifted(names, inner)
        }
        content => vec![Member { value: Tree { content, ..member.value }, ..member }],
    };
    members.into_iter().flat_map(unlift).collect()
}

/// Whether a name is that of something that has one value only.
pub(crate) fn is_fixed(names: &Names, name: &str) -> bool {
    names.fixed.iter().any(|(way, _)| way.last() == Some(&name))
        || names.dependent.iter().any(|dependent| dependent.way.last() == Some(&name))
}

/// The slot at a path of the document: `text.body`.
pub(crate) fn slot_at<'n>(names: &'n Names, path: &str) -> Option<&'n Slot> {
    names.slots.iter().find(|slot| slot.way.len() > 1 && slot.way.join(".") == path)
}
