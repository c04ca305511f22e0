//! Helpers that the tests share.
#![allow(dead_code, unused_imports)] // Each test uses a part.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use wa_message::{Client, ClientBuilder, client::Backoff};

mod small;

pub(crate) use small::{client_of, receipt, text};

pub(crate) const TOKEN: &str = "EAAG-a-secret-token";

/// A client that makes one attempt, as fast as it can.
pub(crate) fn client_at(address: SocketAddr) -> Client {
    builder_at(address).retry(Backoff::never()).rate(None).recipient_rate(None).build().unwrap()
}

/// The usual settings.
pub(crate) fn builder_at(address: SocketAddr) -> ClientBuilder {
    Client::builder(TOKEN, "100200300").base_url(format!("http://{address}"))
}

/// A server that gives one answer to one request, and then closes. The task gives the request.
pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> (SocketAddr, JoinHandle<String>) {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        stream.write_all(&answer).await.unwrap();
        request
    });
    (address, task)
}

/// An answer with a body.
pub(crate) fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Reads a request with a body.
pub(crate) async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let is_end = stream.read_buf(&mut request).await.unwrap() == 0;
        let text = String::from_utf8_lossy(&request);
        if is_end {
            return text.into_owned();
        }
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.trim().parse().unwrap());
        if body.len() >= length {
            return text.into_owned();
        }
    }
}
