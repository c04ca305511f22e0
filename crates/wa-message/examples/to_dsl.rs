//! Reads a request body from standard input and writes it as an invocation of `wa_message!`:
//!
//! ```text
//! cargo run --quiet --example to_dsl --features dsl < message.json
//! ```

use std::{
    io::{Read, stdin},
    process::ExitCode,
};

use wa_message::{InvalidMessage, Message, ReadReceipt};

fn main() -> ExitCode {
    let mut text = String::new();
    if let Err(error) = stdin().read_to_string(&mut text) {
        eprintln!("error: standard input cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    match to_dsl(&text) {
        Ok(invocation) => {
            println!("{invocation}");
            ExitCode::SUCCESS
        }
        Err(invalid) => {
            eprintln!("error: {invalid:#}");
            ExitCode::FAILURE
        }
    }
}

fn to_dsl(text: &str) -> Result<String, InvalidMessage> {
    // What is no receipt is told about as a message.
    if let Ok(receipt) = text.parse::<ReadReceipt>() {
        return Ok(receipt.to_dsl());
    }
    text.parse::<Message>().map(|message| message.to_dsl())
}
