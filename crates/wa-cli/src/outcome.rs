//! Outcomes of requests: in words, as JSON, and as the exit code.

use std::path::Path;

use serde_json::{Value, json};
use wa_message::{
    ApiError, Error as SendError, ErrorCode, InvalidMessage, client::media::FileErrorKind,
    outbox::Entry,
};
use wa_message_core::__shared::{OneLine, Pause};

use crate::{
    commands::explain::Refused,
    error::{Error, Exit, named},
    terminal,
};

/// How much of a text from outside is shown, in characters.
const SHOWN: usize = 300;

/// Says of a request that did not go well what is known of it. `what` is `the message`.
pub(crate) fn told(what: &str, error: SendError) -> Error {
    match error {
        SendError::Refused(error) => {
            let told = Error::usage(format!("the API refused {what}{}", traced(&error)));
            told.note(explained(&error)).with_exit(Exit::Refused)
        }
        SendError::Throttled(error) => {
            let told = Error::usage(format!("the API takes no more for now{}", traced(&error)));
            let wait = match error.retry_after() {
                Some(pause) => format!("nothing was sent; wait at least {}", Pause(pause)),
                None => "nothing was sent; wait before you send it again".to_owned(),
            };
            told.note(explained(&error)).hint(wait).with_exit(Exit::Throttled)
        }
        SendError::NotSent(error) => {
            Error::usage("it was certainly not sent").because(error).with_exit(Exit::NotSent)
        }
        SendError::InDoubt(error) => Error::usage(format!("it is not known what became of {what}"))
            .because(error)
            .with_exit(Exit::InDoubt),
        SendError::Unreadable(error) => {
            Error::usage(format!("the answer to {what} was not understood"))
                .because(error)
                .with_exit(Exit::InDoubt)
        }
        SendError::Invalid(error) => invalid(what, &error),
        SendError::File(error) => {
            let is_mine = matches!(
                error.kind(),
                FileErrorKind::Unread | FileErrorKind::Unwritten | FileErrorKind::UsedUp
            );
            let exit = if is_mine { Exit::Usage } else { Exit::Refused };
            let is_unknown = matches!(error.kind(), FileErrorKind::TypeNotKnown);
            let told = Error::usage(format!("{what} cannot be sent or taken"))
                .because(error)
                .with_exit(exit);
            if is_unknown { told.hint("`--mime-type` gives it") } else { told }
        }
        SendError::NotMarked => Error::usage(error.to_string()).with_exit(Exit::Refused),
        error => Error::usage(format!("{what} came to nothing")).because(error),
    }
}

/// Says what is wrong with a message.
pub(crate) fn invalid(what: &str, error: &InvalidMessage) -> Error {
    Error::usage(format!("{what} is not valid, so nothing was sent"))
        .note(violations(error).join("\n"))
        .with_exit(Exit::Refused)
}

/// How to see what is wrong with a file.
pub(crate) fn check_hint(file: &Path) -> String {
    if file.as_os_str() == "-" {
        "`wa check --all -` shows each violation at its place".to_owned()
    } else {
        format!("`wa check --all {}` shows each violation at its place", named(file))
    }
}

/// The violations of a message, each in a line.
pub(crate) fn violations(error: &InvalidMessage) -> Vec<String> {
    let said = error.violations().iter().map(|violation| {
        let place = match violation.path() {
            "" => String::new(),
            path => format!("`{path}`: "),
        };
        let help = violation.help().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{place}{violation}{help}")
    });
    let mut said: Vec<_> = said.collect();
    if let Some(more @ 1..) = error.count().checked_sub(said.len()) {
        said.push(format!("and {more} more"));
    }
    if said.is_empty() { vec![error.to_string()] } else { said }
}

fn explained(error: &ApiError) -> String {
    Refused {
        code: error.code(),
        subcode: error.subcode(),
        details: error.details().or(error.message()).map(one_line),
    }
    .explain()
}

/// A text from outside, as it may stand on a terminal.
pub(crate) fn one_line(text: &str) -> String {
    terminal::clean_name(&OneLine { text, at_most: SHOWN }.to_string()).into_owned()
}

/// So many of something: `1 file`, `2 files`.
pub(crate) fn count(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}

/// Why an entry of an outbox did not go well, in a line.
pub(crate) fn why(entry: &Entry) -> String {
    let Some(failure) = &entry.failure else { return String::new() };
    let details = failure.details.as_deref().filter(|details| !details.trim().is_empty());
    match failure.code {
        Some(code) if ErrorCode::from(code).is_known() => {
            let details = details.map(|details| format!(": {}", one_line(details)));
            format!("{}{}", ErrorCode::from(code), details.unwrap_or_default())
        }
        // What to do about it stands behind, and is said elsewhere.
        _ => one_line(failure.text.split(';').next().unwrap_or_default()),
    }
}

/// The id by which support knows a request.
fn traced(error: &ApiError) -> String {
    error.fbtrace_id().map(|id| format!(" (trace id {})", one_line(id))).unwrap_or_default()
}

/// The outcome of a request that did not go well, as JSON.
pub(crate) fn as_json(error: &SendError) -> Value {
    let wait = error.retry_after().map(|pause| pause.as_secs_f64());
    match error {
        SendError::Refused(refusal) | SendError::Throttled(refusal) => {
            let code = refusal.error_code();
            json!({
                "outcome": if matches!(error, SendError::Refused(_)) { "refused" } else { "throttled" },
                "code": refusal.code(),
                "subcode": refusal.subcode(),
                "title": code.title(),
                "details": refusal.details().map(one_line),
                "action": code.action(),
                "advice": refusal.advice().to_string(),
                "retry_after": wait,
                "http_status": refusal.status(),
                "fbtrace_id": refusal.fbtrace_id().map(one_line),
            })
        }
        SendError::NotSent(why) => {
            json!({ "outcome": "not_sent", "why": why.to_string(), "retry_after": wait })
        }
        SendError::InDoubt(why) => json!({
            "outcome": "in_doubt",
            "why": why.to_string(),
            "http_status": error.status(),
            "fbtrace_id": error.fbtrace_id().map(one_line),
        }),
        SendError::Unreadable(why) => json!({
            "outcome": "accepted",
            "id": null,
            "why": why.to_string(),
            "http_status": error.status(),
            "fbtrace_id": error.fbtrace_id().map(one_line),
        }),
        SendError::Invalid(invalid) => {
            let violations = invalid.violations().iter().map(|violation| {
                json!({ "path": violation.path(), "says": violation.to_string(), "help": violation.help() })
            });
            json!({ "outcome": "invalid", "violations": violations.collect::<Vec<_>>() })
        }
        error => json!({ "outcome": "failed", "why": error.to_string() }),
    }
}
