//! Deciding what becomes of a request that is in order.

use std::time::Duration;

use hyper::StatusCode;
use tokio::{sync::oneshot, time::Instant};
use wa_message_core::types::Content;

use crate::{
    answer,
    faults::{Fault, STATUSES},
    ledger::{Accepted, Line},
    received::Received,
    refusal::Refusal,
    state::State,
};

const GATEWAY: &str =
    "<html><head><title>Bad gateway</title></head><body>Try again later.</body></html>\n";

/// How a request ends.
#[derive(Debug)]
pub(crate) enum Ending {
    Json(StatusCode, String),
    Html(StatusCode, &'static str),
    /// The body comes late.
    Late(Duration, String),
    /// The body comes when a status was posted.
    AfterStatus(Option<oneshot::Receiver<()>>, String),
    /// Half of the body comes.
    Cut(String),
    Stall,
    Reset,
}

/// The decision about a request.
pub(crate) struct Decision {
    pub(crate) accepted: bool,
    pub(crate) fault: Option<Fault>,
    pub(crate) ending: Ending,
}

/// Decides, and accepts what is to be accepted. The error is a limit that the message breaks.
pub(crate) fn decide(received: &Received, state: &State) -> Result<Decision, Refusal> {
    let fault = state.plan().draw();
    let accepted = fault.as_ref().is_none_or(Fault::accepts);
    let hears = if accepted { accept(received, fault.as_ref(), state)? } else { None };
    let ending = match &fault {
        None => Ending::Json(StatusCode::OK, answer::to_json(received).to_string()),
        Some(Fault::StatusFirst) => {
            Ending::AfterStatus(hears, answer::to_json(received).to_string())
        }
        Some(fault) => ending(fault, received, state),
    };
    Ok(Decision { accepted, fault, ending })
}

fn ending(fault: &Fault, received: &Received, state: &State) -> Ending {
    match fault {
        Fault::Code(code) => {
            let refusal = Refusal::of_code(*code, "the sandbox was told to answer with this code");
            Ending::Json(refusal.status(), refusal.to_json(&state.ids.trace()).to_string())
        }
        Fault::Gateway { status, .. } => Ending::Html(status_of(*status), GATEWAY),
        Fault::Answer { status, body, .. } => Ending::Json(status_of(*status), body.clone()),
        Fault::Stall { .. } => Ending::Stall,
        Fault::Reset { .. } => Ending::Reset,
        Fault::Cut => Ending::Cut(answer::to_json(received).to_string()),
        // Without a status there is nothing to wait for.
        Fault::StatusFirst => Ending::AfterStatus(None, answer::to_json(received).to_string()),
        Fault::Slow(time) => Ending::Late(*time, answer::to_json(received).to_string()),
    }
}

/// A status that ends a request.
fn status_of(status: u16) -> StatusCode {
    let status = Some(status).filter(|status| STATUSES.contains(status));
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Takes a request: by the limits, into the file, into the ledger. From here on it is accepted, and its statuses come. What
/// is returned hears of the first of them, if the fault asks for it.
fn accept(
    received: &Received,
    fault: Option<&Fault>,
    state: &State,
) -> Result<Option<oneshot::Receiver<()>>, Refusal> {
    let mut hears = None;
    if let (Some(message), Some(id)) = (received.message(), received.id()) {
        let number = received.phone_number_id();
        let is_template = matches!(message.content, Content::Template { .. });
        let now = Instant::now();
        // It is held until the message is counted, so that no other one passes meanwhile. A limit counts
        // only what the ledger took.
        let mut gate = state.gate();
        gate.check(number, message.addressee(), is_template, now)
            .map_err(|code| Refusal::of_code(code, limit(code)))?;
        let accepted = Accepted::new(Line {
            id: id.into(),
            phone_number_id: number.into(),
            to: message.addressee().into(),
            kind: received.kind().into(),
            data: message.biz_opaque_callback_data.as_deref().map(Into::into),
            fault: fault.map(|fault| fault.name().into()),
        });
        if let Some(file) = &state.ledger_file {
            // The file is the last word: what it does not have is not accepted.
            file.write(&accepted).map_err(|error| {
                Refusal::of_code(
                    131_016,
                    format!("the ledger of the sandbox cannot be written: {error}"),
                )
            })?;
        }
        gate.count(number, message.addressee(), now);
        drop(gate);
        state.ledger.add(accepted.clone());
        if let Some(hooks) = &state.hooks {
            hears = hooks.accepted(&accepted, fault == Some(&Fault::StatusFirst));
        }
    }
    state.keep(received.clone());
    Ok(hears)
}

fn limit(code: u32) -> &'static str {
    match code {
        130_429 => "this phone number id sends more messages a second than the sandbox allows",
        131_030 => "the recipient is not one of those that the sandbox allows",
        131_047 => "the recipient has not written in the last 24 hours, and this is no template",
        _ => "this phone number id sends to this recipient more often than the sandbox allows",
    }
}
