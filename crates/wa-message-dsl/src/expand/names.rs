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
    /// Whether it is one of several named values.
    is_named: bool,
}

impl Names {
    /// Within the value of a field.
    pub(super) fn within(self, field: &Field) -> Self {
        Self { array: if field.by_name.is_empty() { self.array } else { field.by_name }, ..self }
    }

    /// Within an object.
    pub(super) fn of(self, tree: &Tree) -> Self {
        let said = match &tree.said {
            Said::As { name, .. } => name,
            Said::Named(_) => return Self { is_named: true, ..self },
            _ => return self,
        };
        let found = self.array.iter().find(|by_name| by_name.name == *said);
        Self { by_name: found.map(|by_name| by_name.name).or(self.by_name), ..self }
    }

    /// Within what the tag of an object chooses.
    pub(super) fn chosen(self, arm: &'static str) -> Self {
        Self { arm, ..self }
    }

    /// Whether a value is what stands behind a name that it was given.
    pub(super) fn is_named(self, value: &Tree) -> bool {
        self.is_named && matches!(value.said, Said::Unsaid)
    }

    /// The name that the short form has for the array of an item.
    pub(super) fn array_around(self, item: &Tree) -> Option<&'static str> {
        let Said::As { name: said, .. } = &item.said else { return None };
        let mut arrays = self.array.iter().filter(|by_name| by_name.holds.is_none());
        arrays.find(|by_name| by_name.name == *said).map(|by_name| by_name.name)
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
