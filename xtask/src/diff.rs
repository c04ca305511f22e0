//! Compares two faces, and tells what breaks users.
//!
//! Users are who writes `wa_message!`, who uses the generated types, and who reads messages from
//! JSON. What one of them notices as an error counts as breaking. What cannot be judged, such as a
//! change of a keyword that this module does not know, counts too.

mod codes;
mod entries;
mod facts;
mod groups;
mod report;
mod rules;

use crate::face::Face;

/// The description beside the snapshot of the face that the checked-in code was made from.
#[derive(Debug, Clone)]
pub enum Comparison {
    /// What changed since then.
    Changes(Changes),
    /// There is no snapshot.
    NoSnapshot,
    /// The snapshot cannot be read, with the reason.
    BadSnapshot(String),
}

/// What changed between two faces.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The changes: those that break users first, then by what they are about.
    pub changes: Vec<Change>,
}

/// A change of the public face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether somebody's code or messages may stop working.
    pub breaks: bool,
    /// What it is about.
    pub about: About,
    /// Where it is. Several places, if the same happened at all of them.
    pub places: Vec<String>,
    /// What it is.
    pub what: String,
}

/// What a change is about, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A kind of message.
    Kind,
    /// A schema or an arm of a union.
    Schema,
    /// A member that is there or not, or required or not.
    Member,
    /// The Rust type.
    Type,
    /// What a single value may be.
    Limit,
    /// What several members have to do with each other.
    Rule,
    /// What the short form of the macro takes.
    ShortForm,
    /// A code that the API refuses with.
    ErrorCode,
    /// Anything else.
    Other,
}

impl Changes {
    /// Compares two faces.
    #[must_use]
    pub fn between(old: &Face, new: &Face) -> Self {
        let mut found: Vec<Change> = Vec::new();
        for change in entries::compare(old, new) {
            // A limit that several members share is changed once.
            let same = found.iter_mut().find(|known| {
                (known.breaks, known.about) == (change.breaks, change.about)
                    && known.what == change.what
                    && name(&known.places[0]).is_some()
                    && name(&known.places[0]) == name(&change.places[0])
            });
            match same {
                Some(same) => same.places.extend(change.places),
                None => found.push(change),
            }
        }
        found.sort_by_key(|change| (!change.breaks, change.about));
        Self { changes: found }
    }

    /// Whether a change breaks users.
    #[must_use]
    pub fn breaks(&self) -> bool {
        self.changes.iter().any(|change| change.breaks)
    }
}

/// The name of the member at the end of a place, if it is one of a member.
fn name(place: &str) -> Option<&str> {
    place.rsplit_once('.').map(|(_, name)| name)
}

impl Change {
    fn new(breaks: bool, about: About, place: &str, what: impl Into<String>) -> Self {
        Self { breaks, about, places: vec![place.to_owned()], what: what.into() }
    }
}
