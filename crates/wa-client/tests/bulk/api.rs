//! A server that answers when a test says so, and messages for it.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
};
use wa_message::{Client, Message};

use crate::common::{answer, client_at, read_request};

/// A request that came, and waits for the answer.
pub(crate) struct Request {
    text: String,
    stream: oneshot::Sender<String>,
}

impl Request {
    pub(crate) fn answer(self, answer: impl Into<String>) {
        // Who cut the request has no use for the answer.
        let _ = self.stream.send(answer.into());
    }

    pub(crate) fn accept(self) {
        let id = format!("wamid.{}", self.text);
        self.answer(answer("200 OK", &json!({ "messages": [{ "id": id }] }).to_string()));
    }

    pub(crate) fn refuse(self) {
        let error = json!({ "error": { "code": 100, "message": "(#100) Invalid parameter" } });
        self.answer(answer("400 Bad Request", &error.to_string()));
    }
}

/// A server that answers when a test says so.
pub(crate) struct Api {
    pub(crate) client: Client,
    requests: mpsc::UnboundedReceiver<Request>,
    /// Something for each connection that the client has closed, when it had read the answer.
    pub(crate) closed: mpsc::UnboundedReceiver<()>,
}

impl Api {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client_at(listener.local_addr().unwrap());
        let (sender, requests) = mpsc::unbounded_channel();
        let (closing, closed) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, sender.clone(), closing.clone()));
            }
        });
        Self { client, requests, closed }
    }

    pub(crate) async fn request(&mut self) -> Request {
        self.requests.recv().await.unwrap()
    }

    /// The next requests, by the order of their texts: connections are made in any order.
    pub(crate) async fn take(&mut self, count: usize) -> Vec<Request> {
        let mut requests = Vec::new();
        for _ in 0..count {
            requests.push(self.request().await);
        }
        requests.sort_by(|one, other| one.text.cmp(&other.text));
        requests
    }
}

async fn serve(
    mut stream: TcpStream,
    requests: mpsc::UnboundedSender<Request>,
    closing: mpsc::UnboundedSender<()>,
) {
    let request = read_request(&mut stream).await;
    let Some((_, body)) = request.split_once("\r\n\r\n") else { return };
    let body: Value = serde_json::from_str(body).unwrap();
    let (sender, answer) = oneshot::channel();
    let text = body["text"]["body"].as_str().unwrap().to_owned();
    if requests.send(Request { text, stream: sender }).is_ok()
        && let Ok(answer) = answer.await
    {
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
        let _ = closing.send(());
    }
}

pub(crate) fn message(text: &str) -> Message {
    json!({ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": text } })
        .to_string()
        .parse()
        .unwrap()
}

/// Messages `0`, `1`, `2` and so on, with their number as the key.
pub(crate) fn numbered(count: usize) -> impl Iterator<Item = (usize, Message)> {
    (0..count).map(|number| (number, message(&number.to_string())))
}
