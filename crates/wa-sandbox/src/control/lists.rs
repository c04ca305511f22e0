//! Lists of what happened.

use serde_json::{Value, json};
use wa_message_core::{ErrorCode, Message};

use super::{Call, Problem};
use crate::{
    Accepted, Attempt, Delivery, Received, generated::customer::Status, media::FILE_AT_MOST,
};

/// What can be chosen in calls of the control: statuses, codes, and how large a file may be.
#[allow(clippy::unnecessary_wraps)] // All calls are answered by functions of one type.
pub(super) fn choices(_: &Call<'_>) -> Result<Value, Problem> {
    let statuses = Status::NAMES.iter().map(
        |name| json!({ "status": name, "takes_code": Status::named(name, Some(0)).is_some() }),
    );
    let codes = ErrorCode::ALL.iter();
    let codes = codes.map(|code| json!({ "code": code.code(), "says": code.title() }));
    Ok(json!({
        "statuses": statuses.collect::<Vec<_>>(),
        "codes": codes.collect::<Vec<_>>(),
        "file_at_most": FILE_AT_MOST,
    }))
}

/// The newest requests that were accepted.
pub(super) fn received(call: &Call<'_>) -> Result<Value, Problem> {
    let received = call.newest(call.state.kept().all())?;
    Ok(json!({ "received": received.iter().map(request).collect::<Vec<_>>() }))
}

fn request(received: &Received) -> Value {
    let advice = received.lints();
    let advice = advice.iter().map(|lint| json!({ "path": lint.path(), "says": lint.to_string() }));
    json!({
        "kind": received.kind(),
        "id": received.id(),
        "phone_number_id": received.phone_number_id(),
        "to": received.message().map(Message::addressee),
        "body": received.body(),
        "advice": advice.collect::<Vec<_>>(),
    })
}

/// The newest messages that were accepted, or those with some callback data.
pub(super) fn ledger(call: &Call<'_>) -> Result<Value, Problem> {
    let ledger = &call.state.ledger;
    let accepted = match (call.query.get("data"), call.query.get("id")) {
        (Some(data), _) => ledger.with_data(data),
        (None, Some(id)) => ledger.with_id(id).into_iter().collect(),
        (None, None) => ledger.accepted(),
    };
    let accepted = call.newest(accepted)?;
    Ok(json!({
        "accepted": accepted.iter().map(line).collect::<Vec<_>>(),
        "count": ledger.len(),
        "forgotten": ledger.forgotten(),
    }))
}

fn line(accepted: &Accepted) -> Value {
    json!({
        "id": accepted.id(),
        "phone_number_id": accepted.phone_number_id(),
        "to": accepted.to(),
        "kind": accepted.kind(),
        "biz_opaque_callback_data": accepted.data(),
        "fault": accepted.fault(),
    })
}

/// The newest webhooks that were posted or are going to be.
pub(super) fn deliveries(call: &Call<'_>) -> Result<Value, Problem> {
    let hooks = call.state.hooks.as_ref();
    let deliveries = hooks.map(|hooks| hooks.deliveries()).unwrap_or_default();
    let deliveries = call.newest(deliveries)?;
    Ok(json!({
        "deliveries": deliveries.iter().map(delivery).collect::<Vec<_>>(),
        "overflowed": hooks.map_or(0, |hooks| hooks.overflowed()),
    }))
}

fn delivery(delivery: &Delivery) -> Value {
    json!({
        "number": delivery.number(),
        "updates": delivery.updates(),
        "messages": delivery.messages(),
        "state": delivery.state().name(),
        "fault": delivery.fault(),
        "attempts": delivery.attempts().iter().map(attempt).collect::<Vec<_>>(),
        // It is ASCII. As a text, it has the very bytes that were signed.
        "body": String::from_utf8_lossy(delivery.body()),
    })
}

fn attempt(attempt: &Attempt) -> Value {
    json!({
        "status": attempt.status(),
        "failure": attempt.failure(),
        "milliseconds": u64::try_from(attempt.took().as_millis()).unwrap_or(u64::MAX),
    })
}

/// The limits of a customer: how long the window is open, and from when on more can be sent to them.
#[allow(clippy::unnecessary_wraps)] // All calls are answered by functions of one type.
pub(super) fn customer(call: &Call<'_>) -> Result<Value, Problem> {
    let now = tokio::time::Instant::now();
    let (window, pair) = call.state.gate().of_customer(&call.name, now);
    let seconds = |time: std::time::Duration| time.as_secs();
    Ok(json!({ "window_seconds": window.map(seconds), "pair_seconds": seconds(pair) }))
}

/// The files that are kept, without what is in them.
pub(super) fn media(call: &Call<'_>) -> Result<Value, Problem> {
    let media = call.newest(call.state.media.all())?;
    let media = media.iter().map(|file| {
        json!({
            "id": file.id(),
            "phone_number_id": file.phone_number_id(),
            "mime_type": file.mime_type(),
            "name": file.name(),
            "file_size": file.bytes().len(),
            "sha256": file.sha256_hex(),
        })
    });
    Ok(json!({ "media": media.collect::<Vec<_>>() }))
}

/// Whether all webhooks have been posted. Who asked has waited for that already.
#[allow(clippy::unnecessary_wraps)] // All calls are answered by functions of one type.
pub(super) fn settled(call: &Call<'_>) -> Result<Value, Problem> {
    let settled = call.state.hooks.as_ref().is_none_or(|hooks| hooks.is_settled());
    Ok(json!({ "settled": settled }))
}
