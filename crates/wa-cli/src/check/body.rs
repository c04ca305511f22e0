//! Violations and advice of one body.
//!
//! The rules are asked over the text itself, so that each finding knows its place. Of a body that is known as a
//! whole, the library has the last word: it puts forms right that the API takes too, which the tables do not
//! describe.

use serde_json::{Map, Number, Value};
use wa_message::{InvalidMessage, Lint, Message, Templates, Violation};
use wa_message_rules::{self as rules, Label, Part, Problem, ProblemKind, Subject, table::Object};
use wa_message_spec::tables::{KINDS, ROOTS};

use super::{Finding, Level, Rule};
use crate::json::{Content, Span, Tree};

type Found<'t, 'a> = rules::Violation<&'a Tree<'t>>;

/// What is wrong with a body, with the bytes of its text, and how much more there is of it than anybody reads.
pub(super) fn findings(body: &Tree<'_>, templates: Option<&Templates>) -> (Vec<Finding>, usize) {
    let root = rules::root_of(ROOTS, body);
    let mut findings = repeated(body);
    if is_undecided(body, root) {
        return (findings, 0);
    }
    let report = rules::check(root, KINDS, body);
    let mut more = report.count.saturating_sub(report.violations.len());
    let violations = certain(report.violations);
    // What breaks no rule as it is written breaks none for the library, which puts forms right and asks the same.
    let judged = if violations.is_empty() { None } else { judged(body, root) };
    match &judged {
        Some(Err(invalid)) => {
            more = invalid.count().saturating_sub(invalid.violations().len());
            findings.extend(refused(body, &violations, invalid));
        }
        Some(Ok(lints)) => findings.extend(advised(body, root, lints)),
        None if violations.is_empty() => {
            let advice = certain(rules::advise(root, KINDS, body).violations);
            findings.extend(advice.iter().map(|found| finding(found, Level::Warning)));
        }
        None => findings.extend(violations.iter().map(|found| finding(found, Level::Error))),
    }
    if let Some(templates) =
        templates.filter(|_| !findings.iter().any(|found| found.level == Level::Error))
    {
        let (errors, advice) = wa_message_core::__shared::held_against(templates, body);
        findings.extend(certain(errors).iter().map(|found| finding(found, Level::Error)));
        findings.extend(certain(advice).iter().map(|found| finding(found, Level::Warning)));
    }
    (findings, more)
}

/// Whether a template decides which kind of body it is.
fn is_undecided(body: &Tree<'_>, root: &'static Object) -> bool {
    let is_own = |name: &str| ROOTS[0].field(name).is_none();
    let constants = root.fields.iter().filter(|field| field.constant().is_some());
    let mut own = constants.map(|field| field.name).filter(|name| is_own(name));
    own.any(|name| body.get(name).is_some_and(Tree::is_conditional))
}

/// What the library says of a message that is known as a whole.
fn judged(body: &Tree<'_>, root: &'static Object) -> Option<Result<Vec<Lint>, InvalidMessage>> {
    let is_message = std::ptr::eq(root, ROOTS[0]);
    (is_message && body.is_known()).then(|| Message::lint_value(&value(body)))
}

/// The violations that the library has too, at their places, and those that it alone has.
fn refused(body: &Tree<'_>, found: &[Found<'_, '_>], invalid: &InvalidMessage) -> Vec<Finding> {
    let is = |violation: &Violation, found: &Found<'_, '_>| {
        violation.path() == found.path.as_str() && violation.problem() == &found.problem
    };
    let kept =
        found.iter().filter(|found| invalid.violations().iter().any(|other| is(other, found)));
    let mut findings: Vec<_> = kept.map(|found| finding(found, Level::Error)).collect();
    for violation in invalid.violations() {
        if !found.iter().any(|found| is(violation, found)) {
            findings.push(Finding {
                level: Level::Error,
                rule: Rule::of(violation.number(), violation.problem().kind()),
                says: violation.to_string(),
                help: violation.help(),
                note: violation.note(),
                path: violation.path().to_owned(),
                bytes: shown_of(at_path(body, violation.path())).range(),
            });
        }
    }
    findings
}

/// The advice of the library, at its places.
fn advised(body: &Tree<'_>, root: &'static Object, lints: &[Lint]) -> Vec<Finding> {
    let found = rules::advise(root, KINDS, body).violations;
    lints
        .iter()
        .map(|lint| {
            let says = lint.to_string();
            let same = found.iter().find(|found| {
                found.path.as_str() == lint.path() && found.problem.to_string() == says
            });
            same.map_or_else(
                || Finding {
                    level: Level::Warning,
                    rule: lint.number().map_or(Rule::FORM, Rule::numbered),
                    says: says.clone(),
                    help: None,
                    note: lint.note().map(str::to_owned),
                    path: lint.path().to_owned(),
                    bytes: shown_of(at_path(body, lint.path())).range(),
                },
                |found| finding(found, Level::Warning),
            )
        })
        .collect()
}

fn finding(found: &Found<'_, '_>, level: Level) -> Finding {
    let span = match found.part {
        Part::Name => found.at.key.unwrap_or_else(|| shown_of(found.at)),
        Part::Whole => shown_of(found.at),
    };
    Finding {
        level,
        rule: Rule::of(found.number, found.problem.kind()),
        says: found.problem.to_string(),
        help: found.problem.help(),
        note: found.problem.note(),
        path: found.path.as_str().to_owned(),
        bytes: span.range(),
    }
}

/// The bytes to point at. Of an object with many lines, these are its name or its first bracket.
fn shown_of(tree: &Tree<'_>) -> Span {
    match tree.content {
        Content::Object(_) | Content::List { .. } => tree.key.unwrap_or_else(|| tree.first()),
        _ => tree.span,
    }
}

/// Leaves out what may be right, whatever is filled in around the beginning of a text.
fn certain<'t, 'a>(mut found: Vec<Found<'t, 'a>>) -> Vec<Found<'t, 'a>> {
    found.retain(|found| {
        !matches!(found.at.content, Content::Around(_))
            || matches!(
                found.problem.kind(),
                ProblemKind::TooLong { .. } | ProblemKind::WrongType { .. }
            )
    });
    found
}

/// Names that stand twice in an object. The API takes the last of them, and nobody means that.
fn repeated(body: &Tree<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open = vec![body];
    while let Some(tree) = open.pop() {
        if let Content::OneOf { all, .. } = &tree.content {
            open.extend(all);
        }
        open.extend(tree.items());
        open.extend(tree.members().iter().map(|(_, value)| value));
        let Content::Object(members) = &tree.content else { continue };
        for (name, key) in &members.repeated {
            let subject = Subject::named(Label::Phrase("the object"), name);
            let problem = Problem::new(subject, ProblemKind::Repeated);
            findings.push(Finding {
                level: Level::Error,
                rule: Rule::of(None, problem.kind()),
                says: problem.to_string(),
                help: None,
                note: None,
                path: String::new(),
                bytes: key.range(),
            });
        }
    }
    findings
}

/// The value that a path leads to, or the last that is there on the way.
fn at_path<'a, 't>(root: &'a Tree<'t>, path: &str) -> &'a Tree<'t> {
    let (mut tree, mut rest) = (root, path);
    while !rest.is_empty() {
        let next = if let Some(inside) = rest.strip_prefix('[') {
            inside.split_once(']').and_then(|(index, rest)| {
                Some((tree.items().get(index.parse::<usize>().ok()?)?, rest))
            })
        } else {
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            tree.members().iter().find_map(|(name, value)| {
                let rest = rest.strip_prefix(name.as_ref())?;
                (rest.is_empty() || rest.starts_with(['.', '['])).then_some((value, rest))
            })
        };
        match next {
            Some((found, behind)) => (tree, rest) = (found, behind),
            None => break,
        }
    }
    tree
}

/// A value as the library reads it. Of several that a template chooses from it is the first, and what is not known is left
/// out.
pub(crate) fn value(tree: &Tree<'_>) -> Value {
    match &tree.content {
        Content::Unknown | Content::Null => Value::Null,
        // Of a text that a template chooses, nothing may be known.
        Content::Around(text) if text.is_empty() => Value::Null,
        Content::Around(text) => Value::String(text.to_string()),
        Content::OneOf { all, .. } => all.first().map_or(Value::Null, value),
        Content::Boolean(value) => Value::Bool(*value),
        Content::Integer(value) => {
            Number::from_i128(*value).map_or_else(|| float(*value), Value::Number)
        }
        Content::Number(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        Content::Text(text) => Value::String(text.to_string()),
        Content::List { items, .. } => Value::Array(items.iter().map(value).collect()),
        Content::Object(members) => {
            let members = members.all.iter().map(|(name, tree)| (name.to_string(), value(tree)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// A whole number that is too great for JSON's.
#[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
fn float(value: i128) -> Value {
    Number::from_f64(value as f64).map_or(Value::Null, Value::Number)
}
