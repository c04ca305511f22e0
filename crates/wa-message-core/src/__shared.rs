//! Items that the other crates of wa-message use. Not part of the public face.

use std::fmt;

use serde_core::de::DeserializeOwned;
use serde_json::Value;
use wa_message_rules::{
    self as rules, Node, Problem, ProblemKind, definition::Words, table::Object,
};

use crate::{
    Templates, Violation,
    json::{self, Canonical},
    read::JsonNode,
};

pub use crate::code::{Pause, held_back};
pub use wa_message_rules::definition::table::Role;

/// A document that comes from the API.
pub trait Answer: DeserializeOwned {
    /// Reads it on the short road, if it is written as always. Whatever is wrong, serde says it.
    fn from_canonical(json: &[u8]) -> Option<Self>;
}

impl<T: DeserializeOwned + Canonical> Answer for T {
    fn from_canonical(json: &[u8]) -> Option<Self> {
        json::from_slice(json).ok()
    }
}

/// A text from outside, as it may stand in a line of a log.
#[derive(Debug)]
pub struct OneLine<'t> {
    /// The text.
    pub text: &'t str,
    /// How many characters are shown of it.
    pub at_most: usize,
}

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        for character in self.text.chars().take(self.at_most) {
            // A line break would end the line, and other signs of control do worse to a terminal.
            if character.is_control() {
                f.write_char(' ')?;
            } else if rules::is_hidden(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Returns the names of the variables of a template's text, or their numbers, each once.
#[must_use]
pub fn variables(text: &str) -> Vec<String> {
    Words::new(text).names().map(str::to_owned).collect()
}

/// Returns what is wrong with a JSON value by a table that is none of messages.
#[must_use]
pub fn violations(table: &'static Object, value: &Value) -> Vec<Violation> {
    let found = rules::check(table, &[], JsonNode(value)).violations;
    found.into_iter().map(Violation::new).collect()
}

/// Returns a violation in words of the caller.
#[must_use]
pub fn rule(path: String, says: &'static str) -> Violation {
    Violation::at(path, Problem::of_document(ProblemKind::Rule { says }), None)
}

/// Returns everything that is wrong with a document by the definition of its template, and what is advised against.
#[must_use]
pub fn held_against<'a, N: Node<'a>>(
    templates: &Templates,
    document: N,
) -> (Vec<rules::Violation<N>>, Vec<rules::Violation<N>>) {
    let definitions = templates.definitions();
    (definitions.check(document).violations, definitions.advise(document).violations)
}
