//! Items that the other crates of wa-message use. Not part of the public face.

use std::fmt;

use serde_core::de::DeserializeOwned;

use crate::json::{self, Canonical};

pub use crate::code::{Pause, held_back};

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
            f.write_char(if character.is_control() { ' ' } else { character })?;
        }
        Ok(())
    }
}
