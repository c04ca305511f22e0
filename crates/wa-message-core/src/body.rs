//! Proves request bodies, and reads and writes them.

mod macros;
mod repr;

use std::panic::{RefUnwindSafe, UnwindSafe};

use serde_json::Value;
use wa_message_rules::{
    self as rules, ProblemKind,
    table::{Object, Schema},
};
use wa_message_spec::tables::KINDS;

use crate::{
    depth::{READ_AT_MOST, is_within},
    invalid::InvalidMessage,
    json::{self, Canonical, NotCanonical},
    lint::Lint,
    mend::{Unnoted, mended_copy},
    read::{JsonNode, canonical},
    write::{ToJson, Write},
};

pub(crate) use self::{
    macros::checked_body,
    repr::{Known, Repr},
};

/// A request body that is not proven yet.
pub(crate) trait Body:
    Write + Canonical + Clone + Send + Sync + UnwindSafe + RefUnwindSafe + 'static
{
    /// The table that it has to follow.
    const TABLE: &'static Object;

    /// Whether all limits and rules hold.
    fn is_valid(&self) -> bool;
}

/// Proves a body that was built.
pub(crate) fn prove<B: Body>(body: B) -> Result<B, InvalidMessage> {
    check(&body).map(|()| body)
}

/// Checks a body that was built, by reference: bodies are large.
pub(crate) fn check<B: Body>(body: &B) -> Result<(), InvalidMessage> {
    if body.is_valid() { Ok(()) } else { judge(body) }
}

/// The tables decide: they say what is wrong, and if they find nothing, nothing is.
#[cold]
fn judge<B: Body>(body: &B) -> Result<(), InvalidMessage> {
    judge_written::<B>(&written(body)).map_or(Ok(()), Err)
}

/// Holds what a few checks say of a body that the macro wrote against the tables.
#[cfg(debug_assertions)]
pub(crate) fn compare<B: Body>(checked: &Result<(), InvalidMessage>, json: &[u8]) {
    let said = |invalid: &InvalidMessage| invalid.violations().to_vec();
    let (checks, tables) =
        (checked.as_ref().err().map(said), judge_written::<B>(json).map(|i| said(&i)));
    assert_eq!(checks, tables, "the checks of the macro say something else than the tables");
    assert!(json::from_slice::<B>(json).is_ok(), "the macro wrote it in another way");
}

#[cold]
fn judge_written<B: Body>(json: &[u8]) -> Option<InvalidMessage> {
    match json::written_value(json) {
        Ok(value) => violations::<B>(&value),
        Err(error) => Some(InvalidMessage::not_json(error)),
    }
}

/// Whether a text is a value that a member of a body takes, whatever else is in it. Where that depends on
/// another member, it is not sure, and `false`.
pub(crate) fn takes<B: Body>(member: &str, value: &str) -> bool {
    let field = B::TABLE.field(member);
    let fits = field.is_some_and(|field| match field.schema {
        Schema::Text(limits) => rules::text::fits(value, limits.min, limits.max),
        _ => false,
    });
    fits && B::TABLE.has_form(member, value)
}

/// Proves a body that is a JSON text.
pub(crate) fn parse<B: Body>(text: &str) -> Result<B, InvalidMessage> {
    canonically(text).map_or_else(
        || json::value(text).map_err(InvalidMessage::not_json).and_then(|value| as_meant(&value)),
        Ok,
    )
}

/// Proves a body that is a JSON value.
pub(crate) fn from_value<B: Body>(value: &Value) -> Result<B, InvalidMessage> {
    // To write it takes as much stack as it is deep. What is too deep breaks a rule.
    let body = is_within(value, READ_AT_MOST).then(|| canonically(&value.to_string())).flatten();
    body.map_or_else(|| as_meant(value), Ok)
}

/// A body on the short road: its text is canonical, and the checks of the types hold.
fn canonically<B: Body>(text: &str) -> Option<B> {
    json::read::<B>(text).filter(B::is_valid)
}

/// Proves what is written in another way, or wrong: the tables say what.
fn as_meant<B: Body>(value: &Value) -> Result<B, InvalidMessage> {
    judged(value).or_else(|invalid| match mended_copy(value, B::TABLE, &mut Unnoted) {
        Some(mended) => judged(&mended),
        None => Err(invalid),
    })
}

/// Proves a body that is written as the tables describe it.
fn judged<B: Body>(value: &Value) -> Result<B, InvalidMessage> {
    violations::<B>(value).map_or_else(|| canonical_body(value), Err)
}

/// Reads what breaks no rule.
fn canonical_body<B: Body>(value: &Value) -> Result<B, InvalidMessage> {
    let canonical = canonical(value, B::TABLE).to_string();
    json::read_canonical(&canonical).map_err(|NotCanonical| {
        let says = "what breaks no rule does not fit the types";
        InvalidMessage::whole(ProblemKind::Rule { says })
    })
}

/// A body as a JSON value.
///
/// What is written is read again: the derived code of serde would do it in one step, and would have to
/// be compiled for every type.
pub(crate) fn to_value<B: Body>(body: &B) -> serde_json::Result<Value> {
    json::written_value(&written(body))
}

/// JSON of ours as a text, which is always UTF-8.
pub(crate) fn text(json: Vec<u8>) -> String {
    String::from_utf8(json)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

pub(crate) fn written<B: Body>(body: &B) -> Vec<u8> {
    let body: &dyn Write = body;
    body.to_json()
}

/// What is advised against in a body that is proven.
pub(crate) fn lints<B: Body>(body: &B) -> Vec<Lint> {
    // What is proven can be written as JSON: its numbers are finite and its keys are texts.
    let value = to_value(body).unwrap_or_default();
    let found = rules::advise(B::TABLE, KINDS, JsonNode(&value)).violations;
    found.into_iter().map(Lint::new).collect()
}

/// What is advised against in a body that is a JSON value, and in how it is written.
pub(crate) fn lints_of<B: Body>(value: &Value) -> Result<Vec<Lint>, InvalidMessage> {
    let mut lints = Vec::new();
    let mended = mended_copy(value, B::TABLE, &mut lints);
    let value = mended.as_ref().unwrap_or(value);
    judged::<B>(value)?;
    let found = rules::advise(B::TABLE, KINDS, JsonNode(value)).violations;
    lints.extend(found.into_iter().map(Lint::new));
    lints.truncate(rules::KEPT_AT_MOST);
    Ok(lints)
}

/// Everything that is wrong with a value, if anything is.
fn violations<B: Body>(value: &Value) -> Option<InvalidMessage> {
    InvalidMessage::of(rules::check(B::TABLE, KINDS, JsonNode(value)))
}
