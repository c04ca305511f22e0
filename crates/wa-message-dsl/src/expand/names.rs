//! Finds the name that the short form has for a member, so that an error about its type names what was written.
//!
//! The generator makes a trait for each of these names, beside those of the members themselves.

use wa_message_rules::table::{ByName, Field};

use crate::tree::{Said, Tree};

/// The names that stand for members of the object that is being made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// The names of the items of the array around it.
    array: &'static [ByName],
    /// The name that it is written by.
    by_name: Option<&'static str>,
    /// The value of its tag, which may stand for a member.
    arm: &'static str,
}

impl Names {
    /// Within the value of a field.
    pub(super) fn within(self, field: &Field) -> Self {
        Self { array: if field.by_name.is_empty() { self.array } else { field.by_name }, ..self }
    }

    /// Within an object.
    pub(super) fn of(self, tree: &Tree) -> Self {
        let Said::As { name: said, .. } = &tree.said else { return self };
        let found = self.array.iter().find(|by_name| by_name.name == *said);
        Self { by_name: found.map(|by_name| by_name.name).or(self.by_name), ..self }
    }

    /// Within what the tag of an object chooses.
    pub(super) fn chosen(self, arm: &'static str) -> Self {
        Self { arm, ..self }
    }

    /// What is written in the place of the name of a field.
    pub(super) fn called(self, field: &Field, value: &Tree) -> &'static str {
        match &value.said {
            Said::Unsaid => self.by_name.unwrap_or(field.name),
            Said::As { name, position: None } if name == self.arm => self.arm,
            _ => field.name,
        }
    }
}
