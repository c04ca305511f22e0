//! Drafts: what somebody types into the builder, drawn and checked.

use serde_json::{Value, json};
use wa_message_core::Message;
use wa_message_dsl::Unreadable;
use wa_preview::{draw_json, draw_json_with};

use crate::{state::State, templates::definition_of};

/// Draws a text, which is a body of JSON or an invocation of the macro, and says what is wrong with it.
pub(crate) fn drawn(text: &str, state: &State) -> Value {
    let body = if is_invocation(text) {
        of_macro(text)
    } else {
        serde_json::from_str(text).map_err(|error| error.to_string())
    };
    let body: Value = match body {
        Ok(body) => body,
        Err(says) => return json!({ "problems": [{ "path": "", "says": says }] }),
    };
    let templates = definition_of(&body, &state.templates);
    let html = match &templates {
        Some(templates) => draw_json_with(&body, templates),
        None => draw_json(&body),
    };
    let message = Message::try_from(&body);
    let advice = message.as_ref().map(Message::lints).unwrap_or_default();
    let advice = advice.iter().map(|lint| json!({ "path": lint.path(), "says": lint.to_string() }));
    json!({
        "html": html.as_str(),
        "json": body,
        "macro": message.as_ref().ok().map(Message::to_dsl),
        "problems": problems(&body, state),
        "advice": advice.collect::<Vec<_>>(),
    })
}

/// Returns what is wrong with a body, also with its template.
pub(super) fn problems(body: &Value, state: &State) -> Vec<Value> {
    let checked = Message::try_from(body).and_then(|message| {
        definition_of(body, &state.templates).map_or(Ok(()), |templates| templates.check(&message))
    });
    let Err(invalid) = checked else { return Vec::new() };
    invalid.violations().iter().map(violation).collect()
}

fn violation(violation: &wa_message_core::Violation) -> Value {
    json!({
        "path": violation.path(),
        "says": violation.to_string(),
        "help": violation.help(),
        "note": violation.note(),
    })
}

/// Whether a text is rather the macro than JSON.
fn is_invocation(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('<') || text.starts_with("wa_message")
}

/// The body that an invocation means. What a program would evaluate stands in it in double braces.
fn of_macro(text: &str) -> Result<Value, String> {
    let all = wa_message_dsl::analyse_text(text).map_err(|error| match error {
        Unreadable::Broken(_) => "this is not Rust".to_owned(),
        Unreadable::TooDeep | Unreadable::TooLong => error.to_string(),
    })?;
    let Some(first) = all.first() else { return Err("there is no message in it".to_owned()) };
    if let Some(json) = first.to_json() {
        return serde_json::from_str(&json).map_err(|error| error.to_string());
    }
    let errors: Vec<_> = first
        .diagnostics()
        .iter()
        .map(|error| match &error.help {
            Some(help) => format!("{} ({help})", error.message),
            None => error.message.clone(),
        })
        .collect();
    Err(if errors.is_empty() { "there is no message in it".to_owned() } else { errors.join("; ") })
}
