//! The sentences of problems. This is the only place where data become words.

use std::{borrow::Cow, fmt, iter};

use super::{Circumstance, Label, Problem, ProblemKind, Subject};
use crate::table::{Condition, Step};

/// How a message calls its objects and values, where it was written in another form than its document.
///
/// Without an answer of its own it uses the names of the document.
pub trait Wording {
    /// Returns what an object is called.
    fn object(&self, label: Label) -> Label {
        label
    }

    /// Returns what the value of the problem is called, for problems of a value that is there.
    fn value<'s>(&self, subject: &'s Subject) -> Cow<'s, Subject> {
        Cow::Borrowed(subject)
    }

    /// Returns how a path of the document is written.
    fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        Cow::Borrowed(path)
    }

    /// Returns whether only the beginning of the text is known, because a program fills in the rest.
    fn is_beginning(&self) -> bool {
        false
    }
}

/// The names of the document.
pub(super) struct Wire;

impl Wording for Wire {}

/// A problem in words.
pub(super) struct Sentence<'p> {
    pub(super) problem: &'p Problem,
    pub(super) wording: &'p dyn Wording,
}

impl fmt::Display for Sentence<'_> {
    /// A new kind of problem does not compile without a sentence here.
    #[allow(clippy::too_many_lines)] // One match, so that the compiler knows it to be whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ProblemKind as Kind;
        let (subject, words) = (&self.problem.subject, self.wording);
        // What is missing, or should not be there, is called by its name in the document.
        let owner = || words.object(subject.owner());
        let of_value = || words.value(subject);
        match &self.problem.kind {
            Kind::Missing { description } => {
                write!(f, "{} needs {subject}", owner())?;
                match noun_phrase(description) {
                    what if what.is_empty() => Ok(()),
                    what => write!(f, ", {what}"),
                }
            }
            Kind::Unknown { .. } => write!(f, "{} has no field {subject}", owner()),
            Kind::Refused { because } => write!(f, "{subject} is not taken here: {because}"),
            Kind::Foreign { belongs_to, .. } => {
                let owners = Some(belongs_to.as_slice()).filter(|owners| owners.len() > LABELS + 1);
                let more = owners.map(|owners| owners.len() - LABELS);
                let shown = if more.is_some() { LABELS } else { belongs_to.len() };
                let labels = belongs_to.iter().take(shown).map(ToString::to_string);
                let labels = labels.chain(more.map(|more| format!("{more} other kinds")));
                let labels = listed(labels, "and");
                write!(f, "{} has no field {subject}, which belongs to {labels}", owner())
            }
            Kind::Repeated => write!(f, "{subject} is given a second time"),
            Kind::WrongType { expected, found, .. } => {
                write!(f, "{} must be {expected}, and this is {found}", of_value())
            }
            Kind::TooShort { length: 0, min: 1 } => {
                let value = of_value();
                let owner = words.object(value.owner());
                write!(f, "{value} is empty, and {owner} needs at least 1 character there")
            }
            Kind::TooShort { length, min } => {
                let (value, length) = (of_value(), characters(*length));
                let owner = words.object(value.owner());
                write!(f, "{value} is {length} long, and {owner} needs at least {min}")
            }
            Kind::TooLong { length, max } if words.is_beginning() => {
                let (value, length) = (of_value(), characters(*length));
                let owner = words.object(value.owner());
                write!(
                    f,
                    "{value} is at least {length} long, whatever is filled in, and {owner} takes at most {max}"
                )
            }
            Kind::TooLong { length, max } => {
                let (value, length) = (of_value(), characters(*length));
                let owner = words.object(value.owner());
                write!(f, "{value} is {length} long, and {owner} takes at most {max}")
            }
            Kind::Malformed { says } => write!(f, "{} must {says}", of_value()),
            Kind::NotAllowed { found, allowed, .. } => {
                let takes = if let [_] = allowed.as_slice() { "is always" } else { "takes" };
                let allowed = names(allowed, "or");
                write!(f, "{} {takes} {allowed}, and this is `{found}`", of_value())
            }
            Kind::OutOfRange { found, range } => {
                write!(f, "{} is {found}, and must be {range}", of_value())
            }
            Kind::TooFew { count: 0, min } => {
                let value = of_value();
                let owner = words.object(value.owner());
                write!(f, "{value} is empty, and {owner} needs at least {min} in it")
            }
            Kind::TooFew { count, min } => {
                let value = of_value();
                let owner = words.object(value.owner());
                write!(f, "{value} holds {count}, and {owner} needs at least {min}")
            }
            Kind::TooMany { count, max } => {
                let value = of_value();
                let owner = words.object(value.owner());
                write!(f, "{value} holds {count}, and {owner} takes at most {max}")
            }
            Kind::TooDeep { max } => write!(
                f,
                "{} is nested deeper than {max} levels, and could not be read again",
                of_value()
            ),
            Kind::TooManyInAll { items, containers, count, max } => write!(
                f,
                "all {containers} together hold {count} {items}, and {} takes at most {max}",
                owner()
            ),
            Kind::NoneOf { groups } => {
                let groups = groups.iter().map(|names| format!("`{}`", names.join("` and `")));
                write!(f, "{} needs {}", owner(), listed(groups, "or"))
            }
            Kind::Both { beside } => {
                let owner = owner();
                write!(f, "{subject} stands beside `{beside}`, and {owner} takes only one of them")
            }
            Kind::Duplicate { value, first } => write!(
                f,
                "{} has the value `{value}` a second time; the first stands at `{}`",
                of_value(),
                words.path(first)
            ),
            Kind::Another { value, max } => {
                write!(f, "{subject} takes at most {max} `{value}`, and this is one more")
            }
            Kind::TooLongHere { length, max, when } => {
                let (value, length) = (of_value(), characters(*length));
                write!(f, "{value} is {length} long, and at most {max} are taken{when}")
            }
            Kind::NotTakenHere { when } => write!(f, "{subject} is not taken{when}"),
            Kind::TooManyHere { count, max, when } => {
                write!(f, "{} holds {count}, and at most {max} are taken{when}", of_value())
            }
            Kind::NotAllowedHere { found, allowed, more, when } => {
                let allowed = allowed.iter().map(|value| format!("`{value}`"));
                let more = Some(*more).filter(|more| *more > 0);
                let allowed = allowed.chain(more.map(|more| format!("one of {more} more")));
                let allowed = listed(allowed, "or");
                write!(f, "{} is `{found}`, and must be {allowed}{when}", of_value())
            }
            Kind::Differs { found, wanted, first } => write!(
                f,
                "{} is `{found}`, and has to be the same everywhere; the first, at `{}`, is `{wanted}`",
                of_value(),
                words.path(first)
            ),
            Kind::CountDiffers { count, wanted, first } => write!(
                f,
                "{} holds {count}, and has to hold as many everywhere; the first, at `{}`, holds {wanted}",
                of_value(),
                words.path(first)
            ),
            Kind::Mixed { given, first } => {
                let first = words.path(first);
                let (here, there) =
                    if *given { ("given here", "not at") } else { ("missing here", "given at") };
                write!(
                    f,
                    "{subject} is {here} and {there} `{first}`, and has to be given everywhere or nowhere"
                )
            }
            Kind::NotContiguous { found, count } => {
                let last = count.saturating_sub(1);
                let value = of_value();
                write!(f, "{value} is {found}, and {count} of them are numbered from 0 to {last}")
            }
            Kind::WrongSum { found, sum, says } => {
                write!(f, "{} is {found}, and must be {sum}: {says}", of_value())
            }
            Kind::NotLess { found, than, limit } => {
                let value = of_value();
                // What is left out of the one name is left out of the other: `amount.value` is the amount.
                let left_out = subject.inside().get(value.inside().len()..).unwrap_or_default();
                let than = than.strip_suffix(left_out).unwrap_or(than).join(".");
                write!(f, "{value} is {found}, and must be less than `{than}`, which is {limit}")
            }
            Kind::NeededHere { when } => write!(f, "{} needs {subject}{when}", owner()),
            Kind::Respelt { found, written } => {
                write!(f, "{subject} is `{found}`, which the API writes `{written}`")
            }
            Kind::Ignored => write!(f, "{subject} is taken, and the API ignores it"),
            Kind::Rule { says } => f.write_str(says),
            Kind::Template(mismatch) => mismatch.fmt(f),
            Kind::NotJson { because, line, column } => {
                write!(f, "the text is not valid JSON: {because} at line {line} column {column}")
            }
        }
    }
}

/// What may help with a problem.
pub(super) fn help(kind: &ProblemKind) -> Option<String> {
    match kind {
        ProblemKind::Unknown { suggestions, inside: Some(inside) } => {
            let slip = match suggestions.as_slice() {
                [] => String::new(),
                names => format!("; or {}", did_you_mean(names)),
            };
            Some(format!("it stands further inside: `{inside}`{slip}"))
        }
        ProblemKind::Unknown { suggestions, inside: None } if !suggestions.is_empty() => {
            Some(did_you_mean(suggestions))
        }
        ProblemKind::Foreign { suggestion: Some(name), .. }
        | ProblemKind::NotAllowed { suggestion: Some(name), .. } => Some(did_you_mean(&[name])),
        ProblemKind::WrongType { fix: Some(fix), .. } => Some(format!("write `{fix}`")),
        ProblemKind::Template(mismatch) => mismatch.help(),
        _ => None,
    }
}

fn did_you_mean(names: &[&str]) -> String {
    format!("did you mean `{}`?", names.join("` or `"))
}

impl fmt::Display for Circumstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joints = iter::once(" when ").chain(iter::repeat(" and "));
        for (condition, joint) in self.0.iter().zip(joints) {
            f.write_str(joint)?;
            holds(condition, f)?;
        }
        Ok(())
    }
}

/// That a condition holds.
fn holds(condition: &Condition, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match condition {
        Condition::Is { path, values, .. } => {
            write!(f, "`{}` is `{}`", last(path), values.join("` or `"))
        }
        Condition::IsOrAbsent { path, values, .. } => {
            write!(f, "`{}` is `{}` or not given", last(path), values.join("` or `"))
        }
        Condition::CountAbove { path, above } => match (above, path.last()) {
            (0, Some(Step::EachWith { values, .. })) => {
                write!(f, "there is a `{}`", values.join("` or `"))
            }
            (0, _) => write!(f, "`{}` is given", last(path)),
            (1, _) => f.write_str("there is more than one"),
            _ => write!(f, "there are more than {above} {}", last(path)),
        },
        Condition::Matches { path, .. } => write!(f, "`{}` has this form", last(path)),
        Condition::Absent(path) => match path.last() {
            Some(Step::EachWith { values, .. }) => {
                write!(f, "there is no `{}`", values.join("` or `"))
            }
            _ => write!(f, "`{}` is not given", last(path)),
        },
    }
}

fn last(path: &[Step]) -> &'static str {
    Step::members(path).next_back().unwrap_or_default()
}

/// How many objects a sentence lists that a member belongs to.
const LABELS: usize = 4;

fn characters(count: usize) -> String {
    format!("{count} character{}", if count == 1 { "" } else { "s" })
}

/// Names as a sentence lists them: "`a`, `b` or `c`".
fn names(names: &[&str], joint: &str) -> String {
    listed(names.iter().map(|name| format!("`{name}`")), joint)
}

/// Phrases as a sentence lists them: "a, b or c".
#[must_use]
pub fn listed(phrases: impl IntoIterator<Item = String>, joint: &str) -> String {
    let mut phrases: Vec<_> = phrases.into_iter().collect();
    match phrases.pop() {
        None => String::new(),
        Some(only) if phrases.is_empty() => only,
        Some(last) => format!("{} {joint} {last}", phrases.join(", ")),
    }
}

/// The first sentence of a description, as it stands inside another sentence.
fn noun_phrase(description: &str) -> String {
    let sentence = description.split_once(". ").map_or(description, |(first, _)| first);
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    match letters.next() {
        // An abbreviation such as "WAMID" keeps its capitals.
        Some(first) if letters.clone().next().is_none_or(|c| !c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}
