//! A sandbox for each test, messages to it, and a bot behind it.

use std::{fs, path::Path, sync::Arc};

use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use wa_message::{
    Client,
    webhook::{Outcome, Outcomes},
};
use wa_sandbox::{Sandbox, Webhooks};

use crate::bot;

const SECRET: &str = "an-app-secret";

/// A client of a sandbox.
pub(crate) fn client_of(sandbox: &Sandbox) -> Client {
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id());
    client.base_url(sandbox.base_url()).build().unwrap()
}

/// The messages of the reference, by name.
pub(crate) fn examples() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    paths.iter().map(read).collect()
}

/// A text to a customer.
pub(crate) fn text(body: &str) -> Value {
    json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "text", "text": { "body": body } })
}

/// Sends the body of a request, and returns the status and the answer.
pub(crate) async fn post(sandbox: &Sandbox, body: &Value) -> (u16, Value) {
    let url = format!("{}/v23.0/{}/messages", sandbox.base_url(), sandbox.phone_number_id());
    let request = reqwest::Client::new()
        .post(url)
        .bearer_auth(sandbox.token())
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default())
}

/// Sends what is in order.
pub(crate) async fn send(sandbox: &Sandbox, body: &Value) {
    let (status, answer) = post(sandbox, body).await;
    assert_eq!(status, 200, "{answer}");
}

/// A sandbox that posts webhooks to somebody who takes them all and says nothing.
pub(crate) async fn with_webhooks() -> Sandbox {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhook", listener.local_addr().unwrap());
    let routes = axum::Router::new().fallback(async || ());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    Sandbox::builder().webhooks(Webhooks::to(url, SECRET)).start().await.unwrap()
}

/// The example of a bot, with a sandbox that posts webhooks to it.
pub(crate) struct Bot {
    pub(crate) sandbox: Sandbox,
    server: JoinHandle<()>,
}

impl Bot {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let sandbox = Sandbox::builder().webhooks(Webhooks::to(url, SECRET)).start().await.unwrap();
        let outcomes = Arc::new(Outcomes::new(|_: Outcome| {}));
        let client = client_of(&sandbox);
        let routes = bot::webhooks(SECRET, client, outcomes).unwrap().route("/webhook");
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { sandbox, server }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.server.abort();
    }
}
