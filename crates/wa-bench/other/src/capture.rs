//! Reading off a loopback connection what a client sends.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
};

use serde_json::Value;

use crate::{Documents, Other};

/// Takes one request and returns its body.
///
/// # Errors
///
/// When no request comes, or one without a JSON body.
pub fn body(listener: &TcpListener) -> Result<Value, Box<dyn Error>> {
    let (stream, _) = listener.accept()?;
    let mut reader = BufReader::new(&stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    let answer = r#"{"messages":[{"id":"wamid.1"}],"contacts":[]}"#;
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json";
    (&stream).write_all(
        format!("{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len()).as_bytes(),
    )?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// Sends a message of each document to the address in the environment.
///
/// # Errors
///
/// When one is not sent.
pub fn send_each(to: &str, value: &str) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let other = Other::new()?;
    for document in [Documents::List, Documents::Button, Documents::Text] {
        // What the client makes of the answer is of no matter.
        if let Err(error) = runtime.block_on(other.send(document, to, value)) {
            eprintln!("  (the answer was not understood: {error})");
        }
    }
    Ok(())
}
