//! Requests a second over loopback: webhooks that are verified, read and handled in a router of axum, beside a handler of
//! axum that only reads the body. Both are routes of one server, and take turns.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::Instant,
};

use axum::{Router, body::Bytes, http::StatusCode, routing::post};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    task::JoinSet,
};
use wa_message::webhook::{
    MemorySeen, SIGNATURE_HEADER, Verifier, VerifyToken, WebhookBuilder, service,
};

const TURNS: usize = 40;
/// How many connections there are, and how many requests go over all of them in one turn.
const LOADS: [(usize, usize); 2] = [(1, 600), (32, 3_200)];
/// The paths of the sides. The first is what the others are compared with.
const SIDES: [(&str, &str); 3] = [
    ("/bare", "axum, the body alone"),
    ("/webhook", "verified, read and handled"),
    ("/seen", "the same, and handled once"),
];

/// One text message, as the API writes it. With another id, it is another message.
fn body(id: u64) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"900100200300400","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550100","phone_number_id":"700100200300401"}},"contacts":[{{"profile":{{"name":"Alex","username":"\u0040alex"}},"wa_id":"15550101","user_id":"US.10000000000000000001"}}],"messages":[{{"from":"15550101","from_user_id":"US.10000000000000000001","id":"wamid.HBgLMTU1NTAxMDEVAgASGBQzQTdCNUQ1QkQ2QTc0{id:012}","timestamp":"1790000000","text":{{"body":"Is the table at eight still free?"}},"type":"text"}}]}},"field":"messages"}}]}}]}}"#
    )
}

fn verifier() -> Verifier {
    Verifier::new(["a-secret-of-32-hexadecimal-digits"]).unwrap()
}

/// The server, with how many messages were handled.
fn app(handled: &Arc<AtomicU64>) -> Router {
    let webhooks = |change: fn(WebhookBuilder) -> WebhookBuilder| {
        let handled = Arc::clone(handled);
        let builder = service(verifier(), VerifyToken::new("a-verify-token").unwrap());
        let builder = builder.on_message(move |_, _| {
            handled.fetch_add(1, Ordering::Relaxed);
            async {}
        });
        change(builder).build()
    };
    let bare = post(|body: Bytes| async move {
        if body.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
    });
    Router::new()
        .route("/bare", bare)
        .merge(webhooks(|builder| builder).route("/webhook"))
        .merge(webhooks(|builder| builder.seen(MemorySeen::new())).route("/seen"))
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Serves in a thread of its own.
fn serve(handled: Arc<AtomicU64>) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app(&handled)).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// The requests of one connection, made before anything is measured.
fn requests(path: &str, ids: impl Iterator<Item = u64>) -> Vec<Vec<u8>> {
    let verifier = verifier();
    ids.map(|id| {
        let body = body(id);
        let (signature, length) = (verifier.sign(body.as_bytes()), body.len());
        format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{SIGNATURE_HEADER}: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    })
    .collect()
}

/// Sends requests over a connection, one after the other.
async fn send(mut stream: TcpStream, requests: Vec<Vec<u8>>) -> TcpStream {
    let mut answer = Vec::with_capacity(1024);
    for request in requests {
        stream.write_all(&request).await.unwrap();
        answer.clear();
        while !answer.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0);
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    stream
}

/// The requests a second of one turn.
async fn turn(
    streams: &mut Vec<TcpStream>,
    path: &str,
    requests_each: usize,
    next: &mut u64,
) -> f64 {
    let mut ready = Vec::new();
    for stream in streams.drain(..) {
        let ids = *next..*next + requests_each as u64;
        *next = ids.end;
        ready.push((stream, requests(path, ids)));
    }
    let count = ready.len() * requests_each;
    let start = Instant::now();
    let mut sending: JoinSet<_> =
        ready.into_iter().map(|(stream, requests)| send(stream, requests)).collect();
    while let Some(stream) = sending.join_next().await {
        streams.push(stream.unwrap());
    }
    #[allow(clippy::cast_precision_loss)] // There are few.
    let count = count as f64;
    count / start.elapsed().as_secs_f64()
}

async fn measure(address: SocketAddr, connections: usize, requests: usize) -> Vec<Vec<f64>> {
    let mut streams = Vec::new();
    for _ in 0..connections {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        streams.push(stream);
    }
    let mut rates = vec![Vec::new(); SIDES.len()];
    let mut next = 0;
    for number in 0..TURNS {
        for offset in 0..SIDES.len() {
            // So that nobody has the better place.
            let side = (number + offset) % SIDES.len();
            let rate = turn(&mut streams, SIDES[side].0, requests / connections, &mut next).await;
            // The first turns are to get warm.
            if number > 1 {
                rates[side].push(rate);
            }
        }
    }
    rates
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

fn main() {
    let handled = Arc::new(AtomicU64::new(0));
    let address = serve(Arc::clone(&handled));
    for (connections, requests) in LOADS {
        println!("\nwebhooks a second over loopback, {connections} at a time");
        let rates = runtime().block_on(measure(address, connections, requests));
        // Of the ratios of one turn each, because what else the machine does changes from turn to turn.
        let bare = rates[0].clone();
        for ((_, name), mut rates) in SIDES.into_iter().zip(rates) {
            let mut ratios: Vec<_> =
                rates.iter().zip(&bare).map(|(rate, bare)| rate / bare).collect();
            println!("  {name:<34} {:>8.0} {:>6.2} x", median(&mut rates), median(&mut ratios));
        }
    }
    assert!(handled.load(Ordering::Relaxed) > 0);
}
