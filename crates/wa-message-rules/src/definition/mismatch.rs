//! Mismatches of a message and the template that it is made from, as data.

use std::fmt;

use super::words;
use crate::shown::shown;

/// A message does not fit the template that it is made from.
///
/// `Display` gives the sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    pub(super) template: String,
    pub(super) language: Option<String>,
    pub(super) kind: MismatchKind,
    /// The words of the template that it is about.
    pub(super) quote: Option<String>,
    /// How it is written.
    pub(super) write: Option<String>,
    /// The index of the button that was probably meant.
    pub(super) meant: Option<usize>,
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum MismatchKind {
    /// There is no template of the name.
    NoTemplate {
        /// The name that was probably meant.
        near: Option<String>,
    },
    /// The template is not defined in the language.
    NoLanguage {
        /// The languages in which it is.
        held: Vec<String>,
    },
    /// The template cannot be sent in its state.
    Status {
        /// What is said of it: "is paused".
        says: &'static str,
    },
    /// The header has to be filled, and is not.
    HeaderNeeded {
        /// The card that it is in.
        card: Option<usize>,
        /// What fills it: "an image".
        says: &'static str,
    },
    /// There is nothing to fill in the header.
    HeaderNotTaken {
        /// The card that it is in.
        card: Option<usize>,
        /// Whether there is a header at all.
        has_header: bool,
    },
    /// The header is filled with something else.
    HeaderKind {
        /// The card that it is in.
        card: Option<usize>,
        /// What fills it: "an image".
        wanted: &'static str,
        /// What was given.
        found: String,
    },
    /// There are too few or too many values.
    Count {
        /// What is filled.
        of: Of,
        /// How many variables it has.
        wanted: usize,
        /// How many values are given, or at least.
        found: usize,
        /// Whether there may be more.
        at_least: bool,
    },
    /// Variables get no value.
    VariablesMissing {
        /// What is filled.
        of: Of,
        /// The names.
        names: Vec<String>,
    },
    /// There is no variable of the name.
    VariableUnknown {
        /// What is filled.
        of: Of,
        /// The name.
        name: String,
        /// The name that was probably meant.
        near: Option<String>,
        /// All names.
        names: Vec<String>,
    },
    /// The variables have names, and a value has none.
    NamesNeeded {
        /// What is filled.
        of: Of,
    },
    /// The variables have numbers, and a value has a name.
    NoNames {
        /// What is filled.
        of: Of,
    },
    /// A button has to be filled, and is not.
    ButtonMissing {
        /// The card that it is in.
        card: Option<usize>,
        /// The index of the button.
        index: usize,
        /// What it is: "a url button".
        says: &'static str,
    },
    /// A button takes no value.
    ButtonFixed {
        /// The card that it is in.
        card: Option<usize>,
        /// The index of the button.
        index: usize,
    },
    /// A button is of another kind.
    ButtonKind {
        /// The card that it is in.
        card: Option<usize>,
        /// The index of the button.
        index: usize,
        /// What it is: "a url button".
        wanted: &'static str,
        /// The kind that is given.
        found: String,
    },
    /// There is no button at the index.
    NoButton {
        /// The card that it is in.
        card: Option<usize>,
        /// The index.
        index: usize,
        /// How many buttons there are.
        count: usize,
    },
    /// A value begins with what stands before its variable already. Advice.
    SuffixAlone {
        /// The index of the button.
        index: usize,
    },
    /// The code in a button is another one than that in the body.
    CodesDiffer,
    /// A one-time code is too long.
    CodeTooLong {
        /// How many characters it has.
        length: usize,
        /// The greatest number.
        max: usize,
    },
    /// Something has no use with the button of the template. Advice.
    Useless {
        /// The index of the button.
        index: usize,
        /// The member that has no use.
        member: &'static str,
        /// The member of the definition that would have to be another one, and its value.
        needs: (&'static str, &'static str),
    },
    /// There are too few or too many cards.
    CardCount {
        /// How many cards the template has.
        wanted: usize,
        /// How many are given, or at least.
        found: usize,
    },
    /// A component has to be there, and is not.
    PartNeeded {
        /// What it is: "a carousel".
        says: &'static str,
    },
    /// A component has nothing to fill.
    PartNotTaken {
        /// The component.
        component: String,
        /// Whether it is certain. Otherwise it is advice.
        is_certain: bool,
    },
    /// A component has no use without a button. Advice.
    NeedsButton {
        /// The component.
        component: &'static str,
        /// The kind of button.
        button: &'static str,
    },
    /// A text is too long when it is filled in.
    TooLong {
        /// What is filled.
        of: Of,
        /// How many characters it has then.
        length: usize,
        /// The greatest number.
        max: usize,
    },
    /// One-time codes do not go to this recipient.
    NotForCodes {
        /// The member that says so.
        member: &'static str,
        /// Its value, if it is that.
        value: Option<&'static str>,
    },
}

/// A text of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of {
    pub(super) part: Text,
    pub(super) card: Option<usize>,
}

/// Where a text of a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Header,
    Body,
    Button(usize),
}

impl Mismatch {
    /// Returns the name of the template, as the message has it. A long one is cut.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Returns the language of the definition that the message does not fit.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Returns what does not fit.
    #[must_use]
    pub fn kind(&self) -> &MismatchKind {
        &self.kind
    }

    /// Returns the words of the template that it is about, with the variables in braces.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.quote.as_deref().map(note)
    }

    /// Returns how it is written.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        words::help(self)
    }
}

/// How many characters of a template are quoted.
pub(super) const QUOTED_AT_MOST: usize = 400;

/// The words of a template as they are printed: in lines, with what does not show escaped.
fn note(text: &str) -> String {
    let mut out = String::new();
    for (index, letter) in text.chars().enumerate() {
        if index == QUOTED_AT_MOST {
            out.push('…');
            break;
        }
        match letter {
            '\n' => out.push(' '),
            letter if crate::shown::is_hidden(letter) => out.extend(letter.escape_unicode()),
            letter => out.push(letter),
        }
    }
    out
}

impl Mismatch {
    pub(super) fn new(template: &str, language: Option<&str>, kind: MismatchKind) -> Self {
        let template = shown(template).into_owned();
        let language = language.map(|language| shown(language).into_owned());
        Self { template, language, kind, quote: None, write: None, meant: None }
    }

    /// Keeps what is quoted, as far as a note shows it.
    pub(super) fn quoting(self, quote: impl AsRef<str>) -> Self {
        let quote = quote.as_ref();
        let end = quote.char_indices().nth(QUOTED_AT_MOST + 1).map_or(quote.len(), |(at, _)| at);
        let quote = Some(quote[..end].to_owned()).filter(|quote| !quote.is_empty());
        Self { quote, ..self }
    }

    pub(super) fn meaning(self, meant: Option<usize>) -> Self {
        Self { meant, ..self }
    }

    pub(super) fn write(self, write: impl Into<String>) -> Self {
        Self { write: Some(write.into()), ..self }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        words::sentence(self, f)
    }
}
