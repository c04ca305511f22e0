//! Finds the name that a sentence has for the object around a member.

use crate::{
    problem::Label,
    table::{Field, Object, Schema},
};

/// Returns what a sentence calls an object by its members: its kind if it has one, else that of the last arm
/// that has one, else what it is called from outside. The objects are the object and the arms that its
/// tags chose.
#[must_use]
pub fn owner_of_members(objects: &[&'static Object], outer: Label) -> Label {
    let (object, arms) = match objects.split_first() {
        Some((object, arms)) => (object.kind, arms),
        None => (None, objects),
    };
    // The kind of the object itself goes before those of its arms.
    let kind = object.or_else(|| arms.iter().rev().find_map(|arm| arm.kind));
    kind.map_or(outer, Label::Kind)
}

impl Schema {
    /// Returns the owner of what is in a value that has `outer` for an owner.
    #[must_use]
    pub fn owner(self, outer: Label) -> Label {
        match self {
            Self::Object(object) => Label::Phrase(object.label),
            _ => outer,
        }
    }
}

impl Field {
    /// Returns the owner of what is in a member of an object that is called `outer`. What the short form
    /// writes in the place of the object is called by the object's own name.
    #[must_use]
    pub fn owner(&self, outer: Label) -> Label {
        if self.lifted { outer } else { self.schema.owner(outer) }
    }
}
