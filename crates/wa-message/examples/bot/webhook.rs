//! Reads what the API tells the bot.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use ring::hmac;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;

/// The header with the signature of a webhook.
pub(crate) const SIGNATURE: &str = "x-hub-signature-256";

/// A message that somebody wrote to the bot.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) said: Said,
}

#[derive(Debug)]
pub(crate) enum Said {
    Text(String),
    /// A row of a list, or a button.
    Chose {
        id: String,
        title: String,
    },
    /// A message of another type.
    Other(String),
}

/// Knows who may send webhooks.
#[derive(Clone)]
pub(crate) struct Webhooks {
    key: Arc<hmac::Key>,
    verify_token: &'static str,
}

/// What the API asks when an address is entered for webhooks.
#[derive(Deserialize)]
struct Handshake {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    verify_token: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
}

impl Webhooks {
    pub(crate) fn new(app_secret: &str, verify_token: &'static str) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
        Self { key: Arc::new(key), verify_token }
    }

    /// Takes webhooks, and passes on what is in them.
    pub(crate) fn service(&self, messages: mpsc::Sender<Incoming>) -> Router {
        let receive = get(handshake).post(receive);
        Router::new().route("/webhook", receive).with_state((self.clone(), messages))
    }

    pub(crate) fn signature(&self, body: &[u8]) -> String {
        format!("sha256={}", hex::encode(hmac::sign(&self.key, body)))
    }

    /// Without this, anybody who finds the address can write in the name of others.
    fn is_signed(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let signature =
            headers.get(SIGNATURE).and_then(|value| value.to_str().ok()?.strip_prefix("sha256="));
        let signature = signature.and_then(|digits| hex::decode(digits).ok());
        // It compares in a time that does not tell how much of it is right.
        signature.is_some_and(|tag| hmac::verify(&self.key, body, &tag).is_ok())
    }
}

type Shared = State<(Webhooks, mpsc::Sender<Incoming>)>;

async fn handshake(
    State((webhooks, _)): Shared,
    Query(handshake): Query<Handshake>,
) -> Result<String, StatusCode> {
    if handshake.mode == "subscribe" && handshake.verify_token == webhooks.verify_token {
        Ok(handshake.challenge)
    } else {
        Err(StatusCode::FORBIDDEN)
    }
}

/// Answers before the bot does: who is slow here gets the same webhook again.
async fn receive(
    State((webhooks, messages)): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    if !webhooks.is_signed(&headers, &body) {
        return StatusCode::FORBIDDEN;
    }
    let Ok(webhook) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    for message in incoming(&webhook) {
        if messages.send(message).await.is_err() {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
    }
    StatusCode::OK
}

/// The messages of a webhook. One webhook may have many, and some have none: those of a state.
fn incoming(webhook: &Value) -> impl Iterator<Item = Incoming> + '_ {
    items(&webhook["entry"])
        .flat_map(|entry| items(&entry["changes"]))
        .flat_map(|change| items(&change["value"]["messages"]))
        .filter_map(|message| {
            Some(Incoming {
                id: text(&message["id"])?,
                from: text(&message["from"])?,
                said: said(message)?,
            })
        })
}

fn said(message: &Value) -> Option<Said> {
    let kind = message["type"].as_str()?;
    let interactive = &message["interactive"];
    Some(match (kind, interactive["type"].as_str()) {
        ("text", _) => Said::Text(text(&message["text"]["body"])?),
        ("interactive", Some(reply @ ("button_reply" | "list_reply"))) => {
            let reply = &interactive[reply];
            Said::Chose { id: text(&reply["id"])?, title: text(&reply["title"])? }
        }
        _ => Said::Other(kind.to_owned()),
    })
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
