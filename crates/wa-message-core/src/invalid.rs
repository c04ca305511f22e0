//! The error of a message that breaks rules.

use std::{error::Error, fmt};

use wa_message_rules::{self as rules, Problem, ProblemKind};

/// A message, or a read receipt, breaks rules of the API.
///
/// It holds what is wrong, each with the path of the field, and never nothing. That a text is not JSON at
/// all is one violation, of the message as a whole: [`ProblemKind::NotJson`](crate::ProblemKind::NotJson). Of more than 100 violations it
/// keeps the first 100 and the [count](Self::count), and of a long name or value the beginning, so that
/// nobody who writes a bad body decides how long the report is.
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
    count: usize,
}

impl InvalidMessage {
    /// The error of a report, unless it is empty.
    pub(crate) fn of<N>(report: rules::Report<N>) -> Option<Self> {
        let rules::Report { violations, count } = report;
        let violations: Vec<_> = violations.into_iter().map(Violation::new).collect();
        (!violations.is_empty()).then_some(Self { violations, count })
    }

    /// The error of these violations.
    pub(crate) fn of_all(mut violations: Vec<Violation>) -> Self {
        let count = violations.len();
        violations.truncate(rules::KEPT_AT_MOST);
        Self { violations, count }
    }

    #[allow(clippy::needless_pass_by_value)] // So that it can be named where an error is mapped.
    pub(crate) fn not_json(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let mut because = error.to_string();
        if let Some(end) = because.find(&format!(" at line {line} column {column}")) {
            because.truncate(end);
        }
        Self::whole(ProblemKind::NotJson { because, line, column })
    }

    /// What no table says, of the message as a whole.
    pub(crate) fn whole(kind: ProblemKind) -> Self {
        let violation = Violation::at(String::new(), Problem::of_document(kind), None);
        Self { violations: vec![violation], count: 1 }
    }

    /// The first 100 violations, in the order of the description. There is always one.
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
        if let [only] = self.violations.as_slice() {
            return write!(f, "the message is not valid: {}", Located(only));
        }
        write!(f, "the message is not valid in {} places:", Grouped(self.count))?;
        let (separator, space) = if f.alternate() { ("", "\n") } else { (";", " ") };
        for (index, violation) in self.violations.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { separator })?;
            write!(f, "{space}{}", Located(violation))?;
        }
        match self.count.saturating_sub(self.violations.len()) {
            0 => Ok(()),
            more => write!(f, "{separator}{space}and {} more", Grouped(more)),
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

/// One thing that is wrong with a message. `Display` says it in a sentence, and so does `Debug`, which is what a
/// program shows that returns an error from `main`.
#[derive(Clone, PartialEq)]
pub struct Violation {
    path: String,
    problem: Problem,
    number: Option<u16>,
}

impl Violation {
    pub(crate) fn new<N>(violation: rules::Violation<N>) -> Self {
        let rules::Violation { path, problem, number, .. } = violation;
        Self { path: path.as_str().to_owned(), problem, number }
    }

    pub(crate) fn at(path: String, problem: Problem, number: Option<u16>) -> Self {
        Self { path, problem, number }
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

    /// Returns the words of the template that it is about, with the variables in braces, if it is about one.
    ///
    /// [`Templates`](crate::Templates) has an example.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.problem.note()
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

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("path", &self.path)
            .field("problem", &format_args!("{}", self.problem))
            .field("number", &self.number)
            .finish()
    }
}
