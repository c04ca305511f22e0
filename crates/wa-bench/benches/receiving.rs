//! Requests a second over loopback: webhooks that are verified, read and handled in a router of axum, beside a handler of
//! axum that only reads the body. Both are routes of one server, and take turns.
//!
//! They are sent by an HTTP client, as others have it, and over plain sockets, where the requests lie ready: with that, nearly
//! all of the time is that of the server.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    net::SocketAddr,
    ops::Range,
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
const LOADS: [(usize, usize); 2] = [(1, 400), (32, 2_560)];
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

/// A request, made before anything is measured.
struct Post {
    signature: String,
    body: String,
}

impl Post {
    fn new(id: u64) -> Self {
        let body = body(id);
        Self { signature: verifier().sign(body.as_bytes()), body }
    }

    fn into_bytes(self, path: &str) -> Vec<u8> {
        let Self { signature, body } = self;
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{SIGNATURE_HEADER}: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

/// Somebody who sends one request after the other.
enum Sender {
    Socket(TcpStream),
    Client(reqwest::Client),
}

/// What a sender sends in one turn.
enum Requests {
    Ready(Vec<Vec<u8>>),
    Made(String, Vec<Post>),
}

impl Sender {
    async fn new(is_client: bool, address: SocketAddr) -> Self {
        if is_client {
            return Self::Client(reqwest::Client::builder().no_proxy().build().unwrap());
        }
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self::Socket(stream)
    }

    fn prepare(&self, address: SocketAddr, path: &str, ids: Range<u64>) -> Requests {
        let posts = ids.map(Post::new);
        match self {
            Self::Socket(_) => Requests::Ready(posts.map(|post| post.into_bytes(path)).collect()),
            Self::Client(_) => Requests::Made(format!("http://{address}{path}"), posts.collect()),
        }
    }

    async fn send(mut self, requests: Requests) -> Self {
        match (&mut self, requests) {
            (Self::Socket(stream), Requests::Ready(requests)) => {
                let mut answer = Vec::with_capacity(1024);
                for request in requests {
                    stream.write_all(&request).await.unwrap();
                    answer.clear();
                    while !answer.ends_with(b"\r\n\r\n") {
                        assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0);
                    }
                    assert!(answer.starts_with(b"HTTP/1.1 200"));
                }
            }
            (Self::Client(client), Requests::Made(url, posts)) => {
                for Post { signature, body } in posts {
                    let request = client.post(&url).header(SIGNATURE_HEADER, signature).body(body);
                    assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
                }
            }
            _ => unreachable!("it has prepared them itself"),
        }
        self
    }
}

/// The requests a second of one turn.
async fn turn(
    senders: &mut Vec<Sender>,
    address: SocketAddr,
    path: &str,
    requests_each: usize,
    next: &mut u64,
) -> f64 {
    let mut ready = Vec::new();
    for sender in senders.drain(..) {
        let ids = *next..*next + requests_each as u64;
        *next = ids.end;
        let requests = sender.prepare(address, path, ids);
        ready.push((sender, requests));
    }
    let count = ready.len() * requests_each;
    let start = Instant::now();
    let mut sending: JoinSet<_> =
        ready.into_iter().map(|(sender, requests)| sender.send(requests)).collect();
    while let Some(sender) = sending.join_next().await {
        senders.push(sender.unwrap());
    }
    #[allow(clippy::cast_precision_loss)] // There are few.
    let count = count as f64;
    count / start.elapsed().as_secs_f64()
}

/// The requests a second of each side, one for each turn.
async fn measure(
    address: SocketAddr,
    is_client: bool,
    connections: usize,
    requests: usize,
) -> Vec<Vec<f64>> {
    let mut senders = Vec::new();
    for _ in 0..connections {
        senders.push(Sender::new(is_client, address).await);
    }
    let mut rates = vec![Vec::new(); SIDES.len()];
    let mut next = 0;
    for number in 0..TURNS {
        for offset in 0..SIDES.len() {
            // So that nobody has the better place.
            let side = (number + offset) % SIDES.len();
            let (path, requests) = (SIDES[side].0, requests / connections);
            let rate = turn(&mut senders, address, path, requests, &mut next).await;
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

/// The requests a second of a side, and the median of its ratios to the first.
#[derive(serde::Serialize)]
struct Rate {
    load: String,
    side: &'static str,
    a_second: f64,
    ratio: f64,
}

fn rates(address: SocketAddr) -> Vec<Rate> {
    let mut all = Vec::new();
    for (is_client, by) in [(true, "by a client"), (false, "over sockets")] {
        for (connections, requests) in LOADS {
            let rates = runtime().block_on(measure(address, is_client, connections, requests));
            // Of the ratios of one turn each, because what else the machine does changes from turn to turn.
            let bare = rates[0].clone();
            for ((_, side), mut rates) in SIDES.into_iter().zip(rates) {
                let ratios = rates.iter().zip(&bare).map(|(rate, bare)| rate / bare);
                let mut ratios: Vec<_> = ratios.collect();
                let load = format!("{by}, {connections} at a time");
                let (a_second, ratio) = (median(&mut rates), median(&mut ratios));
                all.push(Rate { load, side, a_second, ratio });
            }
        }
    }
    all
}

fn main() {
    let handled = Arc::new(AtomicU64::new(0));
    let address = serve(Arc::clone(&handled));
    let rates = rates(address);
    assert!(handled.load(Ordering::Relaxed) > 0);
    if wa_bench::for_the_page() {
        println!("{}", serde_json::to_string(&rates).unwrap());
        return;
    }
    for (at, Rate { load, side, a_second, ratio }) in rates.iter().enumerate() {
        if at % SIDES.len() == 0 {
            println!("\nwebhooks a second {load}");
        }
        println!("  {side:<34} {a_second:>8.0} {ratio:>6.2} x");
    }
}
