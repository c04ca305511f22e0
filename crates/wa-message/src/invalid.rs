//! What is wrong with a message that is none.

use std::{error::Error, fmt};

use wa_message_spec::{self as spec, Problem};

/// A message, or a read receipt, breaks rules of the API.
///
/// It holds what is wrong, each with the path of the field. Of more than 100 violations it keeps the first
/// 100 and the [count](Self::count), and of a long name or value the beginning, so that nobody who writes a
/// bad body decides how long the report is. If the text was not JSON at all, it holds nothing and its
/// [`source`](Error::source) is the error of the parser.
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
    count: usize,
    source: Option<serde_json::Error>,
}

impl InvalidMessage {
    /// The error of a report, unless it is empty.
    pub(crate) fn of<N>(report: spec::Report<N>) -> Option<Self> {
        let spec::Report { violations, count } = report;
        let violations: Vec<_> = violations.into_iter().map(Violation::new).collect();
        (!violations.is_empty()).then_some(Self { violations, count, source: None })
    }

    pub(crate) fn not_json(source: serde_json::Error) -> Self {
        Self { violations: Vec::new(), count: 0, source: Some(source) }
    }

    /// The first 100 violations, in the order of the description.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How many violations there are in all. Of those that are not kept, such as follow from another one
    /// count too.
    ///
    /// ```
    /// use wa_message::Message;
    ///
    /// let unknown: Vec<_> = (0..1_000).map(|number| format!(r#""a{number}": 1"#)).collect();
    /// let text = format!(
    ///     r#"{{ "messaging_product": "whatsapp", "to": "+15550100", "text": {{ "body": "Hi" }}, {} }}"#,
    ///     unknown.join(", ")
    /// );
    /// let invalid = text.parse::<Message>().unwrap_err();
    /// assert_eq!(invalid.violations().len(), 100);
    /// assert_eq!(invalid.count(), 1_000);
    /// assert!(invalid.to_string().ends_with("; and 900 more"));
    /// ```
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.violations.as_slice() {
            [] => f.write_str("the message is not valid JSON"),
            [only] => write!(f, "the message is not valid: {}", Located(only)),
            all => {
                write!(f, "the message is not valid in {} places: ", Grouped(self.count))?;
                for (index, violation) in all.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{}", Located(violation))?;
                }
                match self.count.saturating_sub(all.len()) {
                    0 => Ok(()),
                    more => write!(f, "; and {} more", Grouped(more)),
                }
            }
        }
    }
}

/// A number with a comma behind every three digits.
struct Grouped(usize);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1_000, self.0 % 1_000) {
            (0, rest) => write!(f, "{rest}"),
            (more, rest) => write!(f, "{},{rest:03}", Self(more)),
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
