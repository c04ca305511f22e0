//! Invocations made of the names and kinds that the tables have, with values of every form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wa_message_fuzz::Text;

fuzz_target!(|text: Text| wa_message_fuzz::expand(&text.0));
