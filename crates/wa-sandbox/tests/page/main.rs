//! The page over HTTP: what it gives, to whom, and what happens as it happens.
#![cfg(feature = "page")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acts;
#[path = "../common/mod.rs"]
mod common;

use std::time::Duration;

use common::{
    client_of, post, raw,
    receiver::{Receiver, SECRET},
    text,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use wa_sandbox::{Fault, Faults, Sandbox, Webhooks};

const WITHIN: Duration = Duration::from_secs(20);

/// What a path gives, with these headers.
async fn get(sandbox: &Sandbox, path: &str, headers: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

const HOST: &str = "host: localhost\r\n";

/// A page that listens.
struct Page {
    stream: TcpStream,
    text: String,
}

impl Page {
    async fn open(sandbox: &Sandbox, behind: Option<&str>) -> Self {
        let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
        let behind = behind.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        let request = format!("GET /_sandbox/events HTTP/1.1\r\n{HOST}{behind}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        Self { stream, text: String::new() }
    }

    /// The events up to one of this kind.
    async fn until(&mut self, kind: &str) -> Vec<Value> {
        let read = async {
            loop {
                let events = self.events();
                if events.iter().any(|event| event["event"] == kind) {
                    return events;
                }
                let mut bytes = [0; 8192];
                let count = self.stream.read(&mut bytes).await.unwrap();
                assert!(count > 0, "the stream has ended: {}", self.text);
                self.text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
            }
        };
        timeout(WITHIN, read).await.unwrap_or_else(|_| panic!("no `{kind}`"))
    }

    fn events(&self) -> Vec<Value> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("data: "));
        lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}

#[tokio::test]
async fn a_page_gives_nothing_to_other_sites_and_loads_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in [
        "/",
        "/_sandbox/page.css",
        "/_sandbox/message.css",
        "/_sandbox/base.js",
        "/_sandbox/tools.js",
        "/_sandbox/page.js",
    ] {
        let (status, head, body) = get(&sandbox, path, HOST).await;
        assert_eq!(status, 200, "{path}");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{path}: {header}");
        }
        assert!(!head.contains("set-cookie") && !head.contains("access-control"), "{path}");
        for secret in [sandbox.token(), "app_secret"] {
            assert!(!body.contains(secret), "{path}");
        }
        // Nothing of another host, and nothing that the policy forbids.
        assert!(!body.contains("http://") && !body.contains("https://"), "{path}");
        assert!(!body.contains("style=") && !body.contains("onclick"), "{path}");
    }
    for path in ["/", "/_sandbox/events", "/_sandbox/page.js", "/_sandbox/entries/1"] {
        for headers in [
            "host: evil.example\r\n",
            "host: localhost.evil.example\r\n",
            "host: localhost\r\nsec-fetch-site: cross-site\r\n",
            "host: localhost\r\norigin: http://evil.example\r\n",
            "",
        ] {
            let (status, _, body) = get(&sandbox, path, headers).await;
            assert!([400, 403].contains(&status), "{path} {headers}: {status}");
            assert!(!body.contains("<html"), "{path}");
        }
    }
}

#[tokio::test]
async fn what_happens_is_told_in_its_order_and_again() {
    let receiver = Receiver::start().await;
    let sandbox =
        Sandbox::builder().webhooks(Webhooks::to(&receiver.url, SECRET)).start().await.unwrap();
    let client = client_of(&sandbox);
    let id = client.send(&text()).await.unwrap().id().to_owned();
    let refused = json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": "text",
        "text": { "body": "", "colour": "<script>" } });
    assert_eq!(post(&sandbox, refused.to_string().as_bytes()).await.status, 400);

    let mut page = Page::open(&sandbox, None).await;
    let events = page.until("refused").await;
    let sent = events.iter().find(|event| event["event"] == "sent").unwrap();
    assert_eq!((&sent["id"], &sent["customer"]), (&id.as_str().into(), &"15550100".into()));
    assert!(sent["html"].as_str().unwrap().contains("Hello"));
    let number = sent["number"].as_u64().unwrap();
    let wrong = events.iter().find(|event| event["event"] == "refused").unwrap();
    assert_eq!((&wrong["code"], &wrong["customer"]), (&100.into(), &"15550100".into()));
    let wrong = wrong["number"].as_u64().unwrap();

    // While it is open.
    sandbox.customer("+15550100").named("Robin").says("<img onerror=alert(1)>").unwrap();
    let came = page.until("came").await;
    let came = came.iter().find(|event| event["event"] == "came").unwrap();
    assert_eq!(came["name"], "Robin");
    let html = came["html"].as_str().unwrap();
    assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
    let told = page.until("told").await;
    assert!(told.iter().any(|event| event["id"] == id.as_str() && event["status"] == "sent"));

    // A page that was away gets what it has missed, and no more.
    let ids = page.text.lines().filter_map(|line| line.strip_prefix("id: "));
    let ids: Vec<_> = ids.filter(|id| id.starts_with(&format!("{number}-"))).collect();
    let [id] = ids[..] else { panic!("{ids:?}") };
    let mut again = Page::open(&sandbox, Some(id)).await;
    let events = again.until("came").await;
    // What goes wrong next is no entry, and may come at once.
    let is_news = |event: &Value| match event["number"].as_u64() {
        Some(of_event) => of_event > number,
        None => event["event"].is_null() || event["event"] == "armed",
    };
    assert!(events.iter().all(is_news), "{events:?}");
    // One that was left by another sandbox gets all, behind the word that what it has is gone.
    let run = id.split_once('-').unwrap().1;
    for id in ["1-0", "99999-0", "17", "", &format!("99999-{run}"), &format!("-1-{run}")] {
        let mut other = Page::open(&sandbox, Some(id)).await;
        let events = other.until("came").await;
        assert_eq!((&events[0]["event"], &events[1]["number"]), (&"cleared".into(), &1.into()));
    }

    let details = |number: u64| {
        let path = format!("/_sandbox/entries/{number}");
        let sandbox = &sandbox;
        async move {
            let (status, _, body) = get(sandbox, &path, HOST).await;
            assert_eq!(status, 200);
            serde_json::from_str::<Value>(&body).unwrap()
        }
    };
    assert!(details(number).await["macro"].as_str().unwrap().starts_with("wa_message! { <text>"));
    let mut paths: Vec<_> = details(wrong).await["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    assert_eq!(paths, ["text.body", "text.colour"]);
    sandbox.shutdown().await.unwrap();
}

async fn control(sandbox: &Sandbox, line: &str, body: &Value) -> common::Raw {
    let body = body.to_string();
    let request = format!(
        "{line} HTTP/1.1\r\nconnection: close\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(sandbox, request.as_bytes()).await
}

#[tokio::test]
async fn faults_are_told_while_they_are_armed() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut page = Page::open(&sandbox, None).await;
    let fault = json!({ "times": 2, "fault": { "code": 131_016 } });
    assert_eq!(control(&sandbox, "POST /_sandbox/faults", &fault).await.status, 200);
    let body = json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": "text",
        "text": { "body": "Hello" } });
    for expected in [503, 503, 200] {
        let status = post(&sandbox, body.to_string().as_bytes()).await.status;
        assert_eq!(status == 200, expected == 200, "{status}");
    }
    let armed = |events: &[Value]| -> Vec<u64> {
        let armed = events.iter().filter(|event| event["event"] == "armed");
        armed.map(|event| event["next"].as_u64().unwrap()).collect()
    };
    let mut events = page.until("armed").await;
    while armed(&events).len() < 4 {
        page.text.push('\n');
        let mut bytes = [0; 4096];
        let count = timeout(WITHIN, page.stream.read(&mut bytes)).await.unwrap().unwrap();
        page.text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        events = page.events();
    }
    // A page hears of it when it is opened, and of each change.
    assert_eq!(armed(&events), [0, 2, 1, 0]);
    // Also one that is opened when what it was is forgotten, and what the program says itself.
    sandbox.fail_next(3, Fault::Code(131_016));
    sandbox.clear();
    let mut later = Page::open(&sandbox, None).await;
    assert_eq!(armed(&later.until("armed").await), [3]);
    sandbox.set_faults(Faults::none());
    while armed(&later.events()).len() < 2 {
        let mut bytes = [0; 4096];
        let count = timeout(WITHIN, later.stream.read(&mut bytes)).await.unwrap().unwrap();
        later.text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
    }
    assert_eq!(armed(&later.events()), [3, 0]);
    let faults: Vec<_> = events
        .iter()
        .filter(|event| event["event"] == "sent")
        .map(|event| (event["accepted"].as_bool().unwrap(), event["fault"].clone()))
        .collect();
    assert_eq!(faults.first(), Some(&(false, Fault::Code(131_016).to_string().into())));
}

#[tokio::test]
async fn all_that_is_refused_is_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let limits = json!({ "customer_service_window": true });
    assert_eq!(control(&sandbox, "PUT /_sandbox/limits", &limits).await.status, 200);
    let text = |to: &Value| {
        json!({ "messaging_product": "whatsapp", "to": to, "type": "text", "text": { "body": "Hello" } })
            .to_string()
    };
    let stranger = |headers: &str| {
        let (headers, sandbox) = (headers.to_owned(), &sandbox);
        async move {
            let head = "POST /v23.0/1/messages HTTP/1.1\r\nconnection: close\r\n\
                        authorization: Bearer none\r\ncontent-length: 2";
            raw(sandbox, format!("{head}\r\n{headers}\r\n{{}}").as_bytes()).await.status
        }
    };
    // A web site cannot write into the page.
    assert_eq!(stranger("host: localhost\r\nsec-fetch-site: cross-site\r\n").await, 401);
    assert_eq!(stranger("host: localhost\r\norigin: http://evil.example\r\n").await, 401);
    assert_eq!(stranger(HOST).await, 401);
    assert_eq!(post(&sandbox, b"{bad").await.status, 400);
    assert_eq!(post(&sandbox, text(&json!("+15550101")).as_bytes()).await.code(), 131_047);
    assert_eq!(post(&sandbox, text(&json!(15_550_102)).as_bytes()).await.code(), 100);

    let mut page = Page::open(&sandbox, None).await;
    page.until("armed").await;
    let refused: Vec<_> = page.events();
    let refused = refused.iter().filter(|event| event["event"] == "refused");
    let refused: Vec<_> = refused
        .map(|event| (event["code"].as_u64().unwrap(), event["customer"].as_str().unwrap()))
        .collect();
    let expected = [(190, "nobody"), (100, "nobody"), (131_047, "15550101"), (100, "15550102")];
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn pages_leave_room_for_those_who_send() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut pages = Vec::new();
    for _ in 0..128 {
        let mut page = Page::open(&sandbox, None).await;
        page.until("armed").await;
        pages.push(page);
    }
    let (status, head, _) = get(&sandbox, "/_sandbox/events", HOST).await;
    assert_eq!(status, 503);
    assert!(head.contains("content-type: text/plain"), "{head}");
    assert!(client_of(&sandbox).send(&text()).await.is_ok());
    pages.pop();
    let opens = async {
        loop {
            let mut page = Page::open(&sandbox, None).await;
            let mut bytes = [0; 64];
            let count = page.stream.read(&mut bytes).await.unwrap();
            if bytes[..count].starts_with(b"HTTP/1.1 200") {
                return;
            }
        }
    };
    timeout(WITHIN, opens).await.unwrap();
}
