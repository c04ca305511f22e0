//! Any text as the body of a webhook: it is refused as no JSON object, or read into events, each of which is written
//! and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wa_message::webhook::{Event, parse};

fuzz_target!(|body: &[u8]| {
    let Ok(webhook) = parse(body) else {
        // Whoever reads it as an object reads it with a number that is too large, or too deep.
        assert!(!serde_json::from_slice::<Value>(body).is_ok_and(|value| value.is_object()));
        return;
    };
    let _ = webhook.read();
    for event in webhook.events() {
        let _ = (event.key(), event.person());
        let json = event.to_json();
        let read: Vec<_> = parse(json.as_bytes()).map(|webhook| webhook.events().collect()).unwrap_or_default();
        assert_eq!(read.as_slice(), std::slice::from_ref(&event), "{json}");
        assert_eq!(Event::into_owned(event.clone()), event);
    }
});
