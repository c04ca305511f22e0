//! Takes a body of some shape and size on some road, once, so that somebody can count its steps.
//!
//! `wa-message-trials <shape> <size> <road>`. The road `none` makes the body and does nothing with it, and
//! `scan` looks for each member among all of them. Webhooks have shapes of their own, and the road `webhook`.
#![allow(missing_docs)]

mod shapes;
mod webhooks;

use std::hint::black_box;

use serde_json::Value;
use wa_message::{Message, types::MessageObject, webhook::parse};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [shape, size, road] = arguments.as_slice() else {
        println!("{}", shapes::NAMES.join("\n"));
        println!("{}", webhooks::NAMES.map(|name| format!("webhook: {name}")).join("\n"));
        return;
    };
    if let Some(shape) = shape.strip_prefix("webhook: ") {
        webhook(&webhooks::text(shape, size.parse().unwrap_or_default()).unwrap_or_default(), road);
        return;
    }
    let text = shapes::text(shape, size.parse().unwrap_or_default());
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    match road.as_str() {
        "text" => report(text.parse::<Message>().map_err(|invalid| invalid.to_string())),
        "value" => report(Message::try_from(&value).map_err(|invalid| invalid.to_string())),
        "serde" => report(serde_json::from_str(&text).map_err(|error| error.to_string())),
        "typed" => {
            let object: Result<MessageObject, _> = serde_json::from_str(&text);
            let message = object.map_err(|error| error.to_string()).and_then(|object| {
                Message::try_from(object).map_err(|invalid| invalid.to_string())
            });
            report(message);
        }
        "scan" => scan(&value),
        _ => drop(black_box(value)),
    }
}

/// All that somebody does with a webhook.
fn webhook(text: &str, road: &str) {
    if road != "webhook" {
        black_box(text);
        return;
    }
    let (mut events, mut bytes) = (0, 0);
    for event in parse(text.as_bytes()).into_iter().flatten() {
        let event = event.into_owned();
        events += 1;
        bytes += event.key().map_or(0, |key| key.as_str().len()) + event.to_json().len();
    }
    println!("{events} events of {bytes} bytes");
}

/// What the count of steps has to find.
fn scan(value: &Value) {
    let names: Vec<_> = value.as_object().into_iter().flat_map(|members| members.keys()).collect();
    let found = names.iter().filter(|name| names.contains(name)).count();
    println!("{found} of {} names", names.len());
}

fn report(message: Result<Message, String>) {
    match message {
        Ok(message) => {
            assert_eq!(message.to_json().parse::<Message>().ok().as_ref(), Some(&message));
            println!("valid, with {} pieces of advice", message.lints().len());
        }
        Err(error) => {
            assert!(error.len() < 100_000, "{} bytes", error.len());
            println!("{} bytes of mistakes", error.len());
        }
    }
}
