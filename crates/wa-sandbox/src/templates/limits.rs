//! The limits of what creates and edits templates, which are those of the description.

use std::fmt::Write as _;

use serde_json::Value;
use wa_message_rules::{
    Node, ProblemKind, Violation, check,
    definition::table::Role,
    json::{Document, Json},
    table::Object,
};
use wa_message_spec::templates::{
    DEMANDS, Refusal as Row,
    refusals::{BODY, FOOTER, HEADER, TOO_LONG},
};

use crate::refusal::Refusal;

/// How many mistakes the details name.
const NAMED_AT_MOST: usize = 5;

/// Reads a request that keeps the limits.
pub(super) fn read(table: &'static Object, text: &str) -> Result<Value, Refusal> {
    let json: Value = serde_json::from_str(text).map_err(|error| Refusal::not_json(&error))?;
    let document = Document::new(text);
    let document = document.map_err(|broken| Refusal::parameter(&broken.to_string()))?;
    let report = check(table, &[], document.root());
    if report.count == 0 {
        return Ok(json);
    }
    let mut details = String::new();
    for violation in report.violations.iter().take(NAMED_AT_MOST) {
        let separator = if details.is_empty() { "" } else { "; " };
        // Writing into a text does not fail.
        let _ = write!(details, "{separator}{} (at `{}`)", violation.problem, violation.path);
    }
    if report.count > NAMED_AT_MOST {
        let _ = write!(details, "; and {} more", report.count - NAMED_AT_MOST);
    }
    let row = report.violations.first().and_then(|first| row(first, document.root()));
    let refusal = Refusal::parameter(&details);
    Err(row.map_or(refusal, |row| Refusal::of_template(row).because(details)))
}

/// What the API says of a mistake, by its kind or by the component that it is in.
fn row(violation: &Violation<Json<'_>>, root: Json<'_>) -> Option<&'static Row> {
    if matches!(violation.problem.kind(), ProblemKind::TooLong { .. }) {
        return Some(&TOO_LONG);
    }
    let members = &DEMANDS.members;
    let rest = violation.path.as_str().strip_prefix(members.components)?.strip_prefix('[')?;
    let (index, inside) = rest.split_once(']')?;
    let component = root.member(members.components)?.items()?.nth(index.parse().ok()?)?;
    // What is wrong with a card is wrong with none of these.
    let tag = component.text_of(members.tag)?;
    match DEMANDS.component(&tag)?.role {
        _ if inside.is_empty() => None,
        Role::Header => Some(&HEADER),
        Role::Body => Some(&BODY),
        Role::Fixed if inside.starts_with(&format!(".{}", members.text)) => Some(&FOOTER),
        _ => None,
    }
}
