//! What is wrong with a message that is none.

use std::{error::Error, fmt};

use wa_message_spec::{self as spec, Problem};

/// A message, or a read receipt, breaks rules of the API.
///
/// It holds everything that is wrong, each with the path of the field, and never nothing. That a text is
/// not JSON at all is one violation, of the message as a whole: [`Problem::NotJson`].
///
/// `Display` is one line, however much is wrong. With `{:#}` each violation has a line of its own.
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
///
/// let invalid = "{ \"to\": }".parse::<Message>().unwrap_err();
/// assert_eq!(
///     invalid.to_string(),
///     "the message is not valid: the text is not valid JSON: expected value at line 1 column 9"
/// );
/// ```
#[derive(Debug)]
pub struct InvalidMessage {
    violations: Vec<Violation>,
}

impl InvalidMessage {
    pub(crate) fn new(violations: Vec<Violation>) -> Self {
        debug_assert!(!violations.is_empty(), "nothing is wrong");
        Self { violations }
    }

    #[allow(clippy::needless_pass_by_value)] // So that it can be named where an error is mapped.
    pub(crate) fn not_json(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let mut because = error.to_string();
        if let Some(end) = because.find(&format!(" at line {line} column {column}")) {
            because.truncate(end);
        }
        Self::whole(Problem::NotJson { because, line, column })
    }

    /// What no table says, of the message as a whole.
    pub(crate) fn whole(problem: Problem) -> Self {
        Self::new(vec![Violation { path: String::new(), problem, number: None }])
    }

    /// Everything that is wrong. There is always something.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.violations.as_slice() {
            return write!(f, "the message is not valid: {}", Located(only));
        }
        write!(f, "the message is not valid in {} places:", self.violations.len())?;
        let separator = if f.alternate() { "" } else { ";" };
        for (index, violation) in self.violations.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { separator })?;
            f.write_str(if f.alternate() { "\n" } else { " " })?;
            write!(f, "{}", Located(violation))?;
        }
        Ok(())
    }
}

impl Error for InvalidMessage {}

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
