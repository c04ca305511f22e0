//! Advice on a message that is valid.

use std::fmt;

use wa_message_rules as rules;

/// Something that the API takes, but that hardly works as it was meant: advice, never an error.
///
/// [`Message::lints`](crate::Message::lints) finds them, the first 100, and
/// [`Message::lint_json`](crate::Message::lint_json) those that only the JSON text shows. `Display` gives a
/// sentence.
///
/// ```
/// use wa_message::wa_message;
///
/// let message = wa_message! { <location> to: "+15550100", latitude: 52.5, longitude: 13.4 };
/// let lints = message.lints();
/// assert_eq!(lints[0].path(), "location.name");
/// assert_eq!(lints[0].to_string(), "a location without a name and address shows a bare pin");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    path: String,
    number: Option<u16>,
    says: String,
    note: Option<String>,
}

impl Lint {
    pub(crate) fn new<N>(found: rules::Violation<N>) -> Self {
        let rules::Violation { path, problem, number, .. } = found;
        let (says, note) = (problem.to_string(), problem.note());
        Self { path: path.to_string(), number, says, note }
    }

    /// Advice on how a value is written.
    pub(crate) fn written(path: String, says: String) -> Self {
        Self { path, number: None, says, note: None }
    }

    /// Where it lies in the message, like [`Violation::path`](crate::Violation::path).
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The number of the rule, for rules that have one. `openapi/README.md` of the repository lists
    /// them.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        self.number
    }

    /// Returns the words of the template that it is about, with the variables in braces, if it is about one.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}
