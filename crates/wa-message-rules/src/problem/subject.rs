//! The subject of a problem: an object, a member of it, or an item.

use std::{borrow::Cow, fmt};

use super::Label;

/// What a [`Problem`](super::Problem) is about: an object, a member of it, or an item of that member.
///
/// `Display` gives the name of the value in a sentence: `` `title` `` or `` an item of `rows` ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    owner: Label,
    member: Option<Cow<'static, str>>,
    /// The members that lead on from it, where a rule looks further inside.
    inside: Vec<&'static str>,
    is_item: bool,
}

impl Subject {
    /// An object itself.
    #[must_use]
    pub fn of(owner: Label) -> Self {
        Self { owner, member: None, inside: Vec::new(), is_item: false }
    }

    /// A member of an object, by a name of the description.
    #[must_use]
    pub fn member_of(owner: Label, name: &'static str) -> Self {
        Self { member: Some(Cow::Borrowed(name)), ..Self::of(owner) }
    }

    /// A member of an object, by a name that stands in a document. What does not show is escaped, and a
    /// long name is cut.
    #[must_use]
    pub fn named(owner: Label, name: &str) -> Self {
        Self { member: Some(super::name(name)), ..Self::of(owner) }
    }

    /// What lies behind several members of an object: `amount.value`.
    pub(crate) fn behind(owner: Label, names: &[&'static str]) -> Self {
        let Some((first, inside)) = names.split_first() else { return Self::of(owner) };
        Self { inside: inside.to_vec(), ..Self::member_of(owner, first) }
    }

    /// An item of the same member.
    #[must_use]
    pub fn item(self) -> Self {
        Self { is_item: true, ..self }
    }

    /// Returns the object.
    #[must_use]
    pub fn owner(&self) -> Label {
        self.owner
    }

    /// Returns the name of the member, and `None` for the object itself.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// Returns the names of the members that lead on from the member, where a rule looks further inside.
    #[must_use]
    pub fn inside(&self) -> &[&'static str] {
        &self.inside
    }

    /// Returns whether it is an item of the member, which is an array.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.is_item
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(member) = &self.member else { return self.owner.fmt(f) };
        f.write_str(if self.is_item { "an item of `" } else { "`" })?;
        f.write_str(member)?;
        for name in &self.inside {
            write!(f, ".{name}")?;
        }
        f.write_str("`")
    }
}
