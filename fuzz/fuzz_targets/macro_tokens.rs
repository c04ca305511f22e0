//! Any text as an invocation of the macro.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| wa_message_fuzz::expand(text));
