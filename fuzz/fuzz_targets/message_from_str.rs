//! Any text as a request body: it is read or refused, as the same JSON value is, and what is read is
//! written as it was read.
#![no_main]

use std::{fmt::Debug, str::FromStr};

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wa_message::{Message, ReadReceipt};

fuzz_target!(|text: &str| {
    let value = serde_json::from_str(text).ok();
    read::<Message>(text, value.as_ref(), Message::to_json);
    read::<ReadReceipt>(text, value.as_ref(), ReadReceipt::to_json);
});

/// A text goes straight into the types where it can, and a value by the tables.
fn read<B>(text: &str, value: Option<&Value>, to_json: fn(&B) -> String)
where
    B: FromStr + PartialEq + Debug + for<'v> TryFrom<&'v Value>,
{
    let body = text.parse::<B>().ok();
    assert_eq!(body, value.and_then(|value| B::try_from(value).ok()));
    if let Some(body) = body {
        assert_eq!(to_json(&body).parse::<B>().ok(), Some(body));
    }
}
