//! A page that listens.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use wa_sandbox::Sandbox;

const WITHIN: Duration = Duration::from_secs(20);

pub(crate) struct Listener {
    stream: TcpStream,
    text: String,
}

impl Listener {
    pub(crate) async fn open(sandbox: &Sandbox) -> Self {
        let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
        let request = b"GET /_sandbox/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
        stream.write_all(request).await.unwrap();
        Self { stream, text: String::new() }
    }

    /// Reads until there is an event that fits, and returns all of them.
    pub(crate) async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let read = async {
            loop {
                let events = self.events();
                if events.iter().any(&fits) {
                    return events;
                }
                let mut bytes = [0; 8192];
                let count = self.stream.read(&mut bytes).await.unwrap();
                assert!(count > 0, "the stream has ended: {}", self.text);
                self.text.push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        };
        timeout(WITHIN, read).await.unwrap_or_else(|_| panic!("no such event"))
    }

    fn events(&self) -> Vec<Value> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("data: "));
        lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}
