//! What is wrong with a message that is none.

use std::{error::Error, fmt};

use wa_message_spec::{self as spec, Problem};

/// A message, or a read receipt, breaks rules of the API.
///
/// It holds everything that is wrong, each with the path of the field. If the text was not JSON at
/// all, it holds nothing and its [`source`](Error::source) is the error of the parser.
///
/// ```
/// use wa_message::Message;
///
/// let text = r#"{ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "" } }"#;
/// let invalid = text.parse::<Message>().unwrap_err();
/// let violation = &invalid.violations()[0];
/// assert_eq!(violation.path(), "text.body");
/// assert_eq!(
///     violation.to_string(),
///     "`body` is empty, and `<text>` needs at least 1 character there"
/// );
/// ```
#[derive(Debug)]
pub struct InvalidMessage {
    violations: Vec<Violation>,
    source: Option<serde_json::Error>,
}

impl InvalidMessage {
    pub(crate) fn new(violations: Vec<Violation>) -> Self {
        Self { violations, source: None }
    }

    pub(crate) fn not_json(source: serde_json::Error) -> Self {
        Self { violations: Vec::new(), source: Some(source) }
    }

    /// Everything that is wrong.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.violations.as_slice() {
            [] => f.write_str("the message is not valid JSON"),
            [only] => write!(f, "the message is not valid: {}", Located(only)),
            all => {
                write!(f, "the message is not valid in {} places: ", all.len())?;
                for (index, violation) in all.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{}", Located(violation))?;
                }
                Ok(())
            }
        }
    }
}

impl Error for InvalidMessage {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

struct Located<'v>(&'v Violation);

impl fmt::Display for Located<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path() {
            "" => write!(f, "{}", self.0),
            path => write!(f, "{} (at `{path}`)", self.0),
        }
    }
}

/// One thing that is wrong with a message. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    path: String,
    problem: Problem,
    number: Option<u16>,
}

impl Violation {
    pub(crate) fn new<N>(violation: spec::Violation<N>) -> Self {
        let spec::Violation { path, problem, number, .. } = violation;
        Self { path: path.as_str().to_owned(), problem, number }
    }

    /// Where it is: `interactive.action.buttons[1].reply.title`. Empty for the message as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, as data.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The number of the rule in `openapi/README.md`, for rules that have one.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        self.number
    }

    /// What may help: the name that was probably meant.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.problem.help()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}
