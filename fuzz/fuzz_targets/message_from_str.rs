//! Any text as a request body: it is read or refused, and what is read is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wa_message::{Message, ReadReceipt};

fuzz_target!(|text: &str| {
    if let Ok(message) = text.parse::<Message>() {
        assert_eq!(message.to_json().parse::<Message>().ok(), Some(message));
    }
    if let Ok(receipt) = text.parse::<ReadReceipt>() {
        assert_eq!(receipt.to_json().parse::<ReadReceipt>().ok(), Some(receipt));
    }
});
