//! The demands of a definition, with every word of it looked up.

use std::sync::Arc;

use super::{
    fault::Fault,
    table::{ButtonKind, Format, Mark, Need, Status},
    variables::Words,
};
use crate::json::Place;

/// The definition of a template in a language.
#[derive(Debug)]
pub struct Definition {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) source: Arc<str>,
    pub(super) place: Place,
    pub(super) status: Option<String>,
    pub(super) known_status: Option<&'static Status>,
    pub(super) category: Option<String>,
    pub(super) is_named: bool,
    pub(super) is_for_codes: bool,
    pub(super) layout: Layout,
    pub(super) cards: Option<Vec<Layout>>,
    pub(super) parts: Vec<Part>,
    /// The marks that it has, and those of which it has another value.
    pub(super) marks: Vec<(&'static Mark, bool)>,
    pub(super) has_unknown: bool,
    pub(super) faults: Vec<Fault>,
}

/// The parts of a template, or of a card of it, that are filled by name or position.
#[derive(Debug, Default)]
pub struct Layout {
    pub(super) header: Option<Header>,
    pub(super) body: Option<Words>,
    pub(super) footer: Option<String>,
    pub(super) buttons: Vec<Button>,
}

/// The header of a template.
#[derive(Debug)]
pub struct Header {
    pub(super) format: Option<&'static Format>,
    pub(super) words: Option<Words>,
}

/// A button of a template.
#[derive(Debug)]
pub struct Button {
    pub(super) kind: Option<&'static ButtonKind>,
    pub(super) name: String,
    pub(super) text: Option<String>,
    pub(super) words: Option<Words>,
    /// Whether what its kind names is of use with it.
    pub(super) is_useful: bool,
}

/// A component of its own that fills something in a template.
#[derive(Debug)]
pub struct Part {
    pub(super) sent_as: &'static str,
    pub(super) says: &'static str,
    pub(super) write: &'static str,
    pub(super) is_needed: bool,
}

impl Definition {
    /// Returns the name of the template.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the code of the language: `en_US`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Returns the file that it stands in, as it was given.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns where in the file it begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// Returns its state, as the file has it.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// Returns what is known of its state.
    #[must_use]
    pub fn known_status(&self) -> Option<&'static Status> {
        self.known_status
    }

    /// Returns what it is for: `UTILITY`.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// Returns whether its variables have names.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.is_named
    }

    /// Returns whether it is for one-time codes.
    #[must_use]
    pub fn is_for_codes(&self) -> bool {
        self.is_for_codes
    }

    /// Returns its header, body and buttons.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Returns its cards, if it has a carousel.
    #[must_use]
    pub fn cards(&self) -> Option<&[Layout]> {
        self.cards.as_deref()
    }

    /// Returns the components of their own that fill something in it.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns what is wrong with it.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl Layout {
    /// Returns the header.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// Returns the text with the variables.
    #[must_use]
    pub fn body(&self) -> Option<&Words> {
        self.body.as_ref()
    }

    /// Returns the text of the footer.
    #[must_use]
    pub fn footer(&self) -> Option<&str> {
        self.footer.as_deref()
    }

    /// Returns the buttons. The position of each is its index.
    #[must_use]
    pub fn buttons(&self) -> &[Button] {
        &self.buttons
    }
}

impl Header {
    /// Returns its format, if it is known.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        self.format
    }

    /// Returns its text, if it has one.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.words.as_ref()
    }

    /// Returns the format that a message has to fill, if it is one that it can fill.
    #[must_use]
    pub fn takes(&self) -> Option<&'static Format> {
        let format = self.format.filter(|format| format.is_known)?;
        let is_filled = !format.by_variable || self.has_variable();
        is_filled.then_some(format)
    }

    /// Returns whether nothing can be said of what fills it.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.format.is_none_or(|format| !format.is_known)
    }

    fn has_variable(&self) -> bool {
        self.words.as_ref().is_some_and(|words| !words.variables().is_empty())
    }
}

impl Button {
    /// Returns its kind, if it is known.
    #[must_use]
    pub fn kind(&self) -> Option<&'static ButtonKind> {
        self.kind
    }

    /// Returns its kind as the definition has it. Empty if it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text on it.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Returns the address with its variable, if it has one.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.words.as_ref()
    }

    /// Returns whether a message has to fill it.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.takes_value(false)
    }

    /// Returns whether a message may fill it.
    #[must_use]
    pub fn is_fillable(&self) -> bool {
        self.takes_value(true)
    }

    fn takes_value(&self, optional: bool) -> bool {
        self.kind.is_some_and(|kind| match kind.need {
            Need::Always => true,
            Need::ByVariable => {
                self.words.as_ref().is_some_and(|words| !words.variables().is_empty())
            }
            Need::Optional => optional,
            Need::Never => false,
        })
    }
}

impl Part {
    /// Returns the component that fills it: `limited_time_offer`.
    #[must_use]
    pub fn sent_as(&self) -> &'static str {
        self.sent_as
    }

    /// Returns what a sentence calls it: "the end of the offer".
    #[must_use]
    pub fn says(&self) -> &'static str {
        self.says
    }

    /// Returns whether it has to be filled.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.is_needed
    }
}
