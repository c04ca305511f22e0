//! The difference of two sets of definitions, and what it means for messages.

mod compare;
mod words;

use std::fmt;

use self::compare::Comparison;
use super::{Definition, Templates, normal};

/// What changed between two sets of definitions.
///
/// Values are compared and not texts: neither the order of members nor the space between them matters, and what the
/// [normal form](super::normal) leaves out does not either, but for the quality. `Display` gives a line for each change.
///
/// ```
/// use wa_message::{Templates, templates::{ChangeClass, diff}};
///
/// let of = |body: &str| {
///     Templates::from_json(&format!(
///         r#"{{ "name": "order_ready", "language": "en_US", "components": [{{ "type": "BODY", "text": "{body}" }}] }}"#
///     ))
/// };
/// let diff = diff(&of("Hi {{1}}, order {{2}} is ready.")?, &of("Hi {{1}}, order {{2}} is ready at {{3}}.")?);
/// assert!(diff.breaks_messages());
/// assert_eq!(
///     diff.to_string(),
///     "`order_ready` (en_US): the body takes 3 variables, before 2\n\
///      `order_ready` (en_US): the body has other words"
/// );
/// # Ok::<_, wa_message::templates::TemplatesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diff {
    changes: Vec<Change>,
}

/// One thing that changed in a template. `Display` gives a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    name: String,
    language: Option<String>,
    kind: ChangeKind,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChangeClass {
    /// What messages have to give. Messages that fitted may fit no longer.
    Shape,
    /// Something new, which no message knows yet.
    Added,
    /// The words around the values.
    Wording,
    /// Whether it can be sent at the moment.
    Status,
    /// What it is for, which decides over its price.
    Category,
    /// How it is received.
    Quality,
    /// What no message depends on.
    Other,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The template is new.
    TemplateAdded,
    /// The template is gone.
    TemplateRemoved,
    /// The language is new.
    LanguageAdded,
    /// The language is gone.
    LanguageRemoved,
    /// The variables have names now, or numbers.
    Naming {
        /// Whether they have names now.
        is_named: bool,
    },
    /// The header is filled with something else.
    Header {
        /// The card that it is in.
        card: Option<usize>,
        /// What filled it: "an image". `None` if nothing did.
        before: Option<&'static str>,
        /// What fills it now.
        now: Option<&'static str>,
    },
    /// A text takes other variables.
    Variables {
        /// The text.
        of: ChangedText,
        /// The names or numbers that it had.
        before: Vec<String>,
        /// The names or numbers that it has.
        now: Vec<String>,
        /// Whether they are names.
        is_named: bool,
    },
    /// A button is another one, or takes a value in another way.
    Button {
        /// The card that it is in.
        card: Option<usize>,
        /// The index.
        index: usize,
        /// The button that was there.
        before: Option<ButtonShape>,
        /// The button that is there now.
        now: Option<ButtonShape>,
    },
    /// There are other cards.
    Cards {
        /// How many there were. `None` if a message had as many as it liked, or if there were none.
        before: Option<usize>,
        /// How many there are now.
        now: Option<usize>,
    },
    /// A component of its own is needed now, or taken, or not any more.
    Component {
        /// What it is: "the end of the offer".
        says: &'static str,
        /// Whether it was needed. `None` if it was not taken.
        before: Option<bool>,
        /// Whether it is needed now. `None` if it is not taken.
        now: Option<bool>,
    },
    /// A text has other words.
    Wording {
        /// The text.
        of: ChangedText,
    },
    /// The state is another one.
    Status {
        /// The state before.
        before: Option<String>,
        /// The state now.
        now: Option<String>,
    },
    /// The purpose is another one.
    Category {
        /// The purpose before.
        before: Option<String>,
        /// The purpose now.
        now: Option<String>,
    },
    /// The quality is another one.
    Quality,
    /// A member of the definition is another one.
    Other {
        /// The member.
        member: String,
    },
}

/// A text of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangedText {
    /// That of the header.
    Header {
        /// The card that it is in.
        card: Option<usize>,
    },
    /// That of the body.
    Body {
        /// The card that it is in.
        card: Option<usize>,
    },
    /// That of the footer.
    Footer {
        /// The card that it is in.
        card: Option<usize>,
    },
    /// That on a button, or its address.
    Button {
        /// The card that it is in.
        card: Option<usize>,
        /// The index.
        index: usize,
    },
}

/// A button as messages see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ButtonShape {
    pub(super) says: String,
    pub(super) is_needed: bool,
    pub(super) is_fillable: bool,
}

impl ButtonShape {
    /// Returns what it is: "a url button".
    #[must_use]
    pub fn says(&self) -> &str {
        &self.says
    }

    /// Returns whether a message has to fill it.
    #[must_use]
    pub fn needs_value(&self) -> bool {
        self.is_needed
    }

    /// Returns whether a message may fill it.
    #[must_use]
    pub fn takes_value(&self) -> bool {
        self.is_fillable
    }
}

/// Compares two sets of definitions.
#[must_use]
pub fn diff(before: &Templates, now: &Templates) -> Diff {
    let mut changes = Vec::new();
    for old in before.iter() {
        match now.get(old.name(), old.language()) {
            Some(new) => compare(&mut changes, old, new),
            None if now.languages(old.name()).next().is_some() => {
                changes.push(Change::language(old, ChangeKind::LanguageRemoved));
            }
            None => changes.push(Change::name(old, ChangeKind::TemplateRemoved)),
        }
    }
    for new in now.iter().filter(|new| before.get(new.name(), new.language()).is_none()) {
        let is_known = before.languages(new.name()).next().is_some();
        changes.push(if is_known {
            Change::language(new, ChangeKind::LanguageAdded)
        } else {
            Change::name(new, ChangeKind::TemplateAdded)
        });
    }
    // A template with all its languages is one change.
    changes
        .sort_by(|left, right| (&left.name, &left.language).cmp(&(&right.name, &right.language)));
    changes.dedup();
    Diff { changes }
}

fn compare(changes: &mut Vec<Change>, old: Definition<'_>, new: Definition<'_>) {
    let kinds = Comparison::of(old, new).into_kinds();
    changes.extend(kinds.into_iter().map(|kind| Change::language(new, kind)));
}

impl Diff {
    /// Returns what changed, by the names and languages of the templates.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns whether messages that fitted before may fit no longer.
    #[must_use]
    pub fn breaks_messages(&self) -> bool {
        self.count(ChangeClass::Shape) != 0
    }

    /// Returns how many changes are about something.
    #[must_use]
    pub fn count(&self, class: ChangeClass) -> usize {
        self.changes.iter().filter(|change| change.class() == class).count()
    }

    /// Returns the changes in one line: "1 of shape, 2 of status".
    #[must_use]
    pub fn summary(&self) -> String {
        words::summary(self)
    }
}

impl Change {
    fn name(template: Definition<'_>, kind: ChangeKind) -> Self {
        Self { name: template.name().to_owned(), language: None, kind }
    }

    fn language(template: Definition<'_>, kind: ChangeKind) -> Self {
        Self { language: Some(template.language().to_owned()), ..Self::name(template, kind) }
    }

    /// Returns the name of the template.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.name
    }

    /// Returns the language, unless all are meant.
    #[must_use]
    pub fn in_language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Returns what changed.
    #[must_use]
    pub fn kind(&self) -> &ChangeKind {
        &self.kind
    }

    /// Returns what it is about.
    #[must_use]
    pub fn class(&self) -> ChangeClass {
        match &self.kind {
            ChangeKind::TemplateAdded | ChangeKind::LanguageAdded => ChangeClass::Added,
            ChangeKind::TemplateRemoved
            | ChangeKind::LanguageRemoved
            | ChangeKind::Naming { .. }
            | ChangeKind::Header { .. }
            | ChangeKind::Variables { .. }
            | ChangeKind::Button { .. }
            | ChangeKind::Cards { .. }
            | ChangeKind::Component { .. } => ChangeClass::Shape,
            ChangeKind::Wording { .. } => ChangeClass::Wording,
            ChangeKind::Status { .. } => ChangeClass::Status,
            ChangeKind::Category { .. } => ChangeClass::Category,
            ChangeKind::Quality => ChangeClass::Quality,
            ChangeKind::Other { .. } => ChangeClass::Other,
        }
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, change) in self.changes.iter().enumerate() {
            write!(f, "{}{change}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        words::line(self, f)
    }
}
