//! Measures the page: `measure SANDBOX SANDBOX_WITHOUT_PAGE`. `cargo xtask browser --measure` builds both, and runs it.
//!
//! It prints the time until 10,000 messages are shown, the time from a send to its bubble, and how many sends a second a
//! sandbox serves with the page and without, in turns. Each has its target beside it.
#![allow(clippy::expect_used, clippy::panic)] // It is a tool of the workspace.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::{io::AsyncReadExt, io::AsyncWriteExt, net::TcpStream, task::JoinSet};
use wa_message_browser::{Browser, Page};

/// How many messages are listed.
const MESSAGES: usize = 10_000;
/// How many sends are timed until their bubble is there.
const BUBBLES: usize = 50;
/// How often each side has its turn, and how many messages it gets in one.
const ROUNDS: usize = 5;
const SENDS: usize = 8_000;
/// How many pages are open where there are many.
const READERS: usize = 8;
/// How many senders there are at the same time.
const SENDERS: usize = 8;

#[tokio::main]
async fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [with, without] = &arguments[..] else { panic!("measure SANDBOX SANDBOX_WITHOUT_PAGE") };
    listed(with).await;
    bubbles(with).await;
    cost(with, without).await;
}

/// A sandbox in a process of its own, which ends when its input does.
struct Served {
    url: String,
    child: Child,
    input: Option<ChildStdin>,
}

impl Served {
    fn start(program: &str) -> Self {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let mut url = String::new();
        let output = child.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut url).expect("it says its address");
        let input = child.stdin.take();
        Self { url: url.trim().to_owned(), child, input }
    }

    fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

fn message(number: usize) -> String {
    let body = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "text",
        "text": { "body": format!("Message *{number}*, which is as long as most of them are.") } });
    body.to_string()
}

/// One connection that sends.
struct Sender(TcpStream);

impl Sender {
    async fn connect(served: &Served) -> Self {
        let stream = TcpStream::connect(served.address()).await.expect("the sandbox listens");
        stream.set_nodelay(true).expect("a socket can be set");
        Self(stream)
    }

    async fn send(&mut self, number: usize) {
        let body = message(number);
        let request = format!(
            "POST /v23.0/1/messages HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer sandbox-token\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.write_all(request.as_bytes()).await.expect("the sandbox reads");
        let mut answer = Vec::new();
        while !is_whole(&answer) {
            let count = self.0.read_buf(&mut answer).await.expect("the sandbox answers");
            assert!(count > 0, "the sandbox has closed: {}", String::from_utf8_lossy(&answer));
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
}

/// Whether an answer has the length that it says.
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.split("content-length: ").nth(1).and_then(|end| end.lines().next());
    length.and_then(|length| length.parse().ok()).is_some_and(|length: usize| body.len() >= length)
}

/// Sends so many messages, and returns how many a second were accepted.
async fn rate(served: &Served, sends: usize) -> f64 {
    let mut senders = JoinSet::new();
    let mut connections = Vec::new();
    for _ in 0..SENDERS {
        connections.push(Sender::connect(served).await);
    }
    let start = Instant::now();
    for (at, mut sender) in connections.into_iter().enumerate() {
        senders.spawn(async move {
            for number in 0..sends / SENDERS {
                sender.send(at * sends + number).await;
            }
        });
    }
    while let Some(ended) = senders.join_next().await {
        ended.expect("a sender ends");
    }
    #[allow(clippy::cast_precision_loss)] // A few thousand.
    let sent = (sends / SENDERS * SENDERS) as f64;
    sent / start.elapsed().as_secs_f64()
}

async fn listed(with: &str) {
    let Some(browser) = Browser::start().await else { return };
    let served = Served::start(with);
    rate(&served, MESSAGES).await;
    for _ in 0..3 {
        browser.open("about:blank").await;
        let start = Instant::now();
        browser.open(&served.url).await;
        browser.until(IS_LISTED, &[]).await;
        let took = start.elapsed().as_millis();
        println!("{MESSAGES} messages are listed {took} ms after navigation (wanted: below 2000)");
    }
    let shown = browser.script("return document.querySelectorAll('#log > li').length", &[]).await;
    println!("of them, {shown} are in the page; the others come when one scrolls");
    let start = Instant::now();
    browser.script("document.getElementById('earlier').click()", &[]).await;
    browser.until("return document.querySelectorAll('#log > li').length >= 400", &[]).await;
    println!("the 200 before them take {} ms", start.elapsed().as_millis());
}

/// The newest message is there, and has been laid out.
const IS_LISTED: &str = "const last = document.querySelector('#log > li:last-child article');
    return document.querySelectorAll('#log > li').length >= 200 && last.getBoundingClientRect().height > 10";

/// Notes when a message comes into the conversation, and when it has been painted.
const NOTES: &str = "
    window.came = new Map();
    new MutationObserver((changes) => {
        for (const node of changes.flatMap((change) => [...change.addedNodes])) {
            const number = /Message (\\d+),/.exec(node.textContent)?.[1];
            requestAnimationFrame(() => setTimeout(() => window.came.set(number, Date.now())));
        }
    }).observe(document.getElementById('log'), { childList: true });
";

async fn bubbles(with: &str) {
    let Some(browser) = Browser::start().await else { return };
    for before in [0, MESSAGES] {
        let served = Served::start(with);
        if before > 0 {
            rate(&served, before).await;
        }
        let mut sender = Sender::connect(&served).await;
        sender.send(1).await;
        let page = Page::open(&browser, &served.url).await;
        page.shows("Message").await;
        browser.script(NOTES, &[]).await;
        let mut times = Vec::new();
        for at in 0..BUBBLES {
            let number = 900_000 + at;
            let start = now();
            sender.send(number).await;
            let came = "return window.came.get(arguments[0]) ?? null";
            let came = browser.until(came, &[json!(number.to_string())]).await;
            times.push(came.as_u64().unwrap_or_default().saturating_sub(start));
        }
        times.sort_unstable();
        println!(
            "behind {before} messages, a send is a bubble after {} ms in the middle, {} ms at most (wanted: below 200)",
            times[times.len() / 2],
            times[times.len() - 1],
        );
    }
}

/// Milliseconds of the clock that the browser has too.
fn now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    u64::try_from(now.unwrap_or_default().as_millis()).unwrap_or_default()
}

/// Reads all that a sandbox tells pages, as one that nobody looks at.
async fn listen(address: String) {
    let mut stream = TcpStream::connect(address).await.expect("the sandbox listens");
    let request = b"GET /_sandbox/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("the sandbox reads");
    let mut bytes = vec![0; 64 * 1024];
    while stream.read(&mut bytes).await.is_ok_and(|count| count > 0) {}
}

async fn cost(with: &str, without: &str) {
    let mut best = [0.0_f64; 4];
    for round in 0..ROUNDS {
        // In turns, and not always the same one first.
        for turn in 0..best.len() {
            let side = (round + turn) % best.len();
            let served = Served::start(if side == 1 { without } else { with });
            let mut readers = JoinSet::new();
            for _ in 0..[0, 0, 1, READERS][side] {
                readers.spawn(listen(served.address().to_owned()));
            }
            // Warm.
            rate(&served, SENDS / 8).await;
            let found = rate(&served, SENDS).await;
            best[side] = best[side].max(found);
            readers.shutdown().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    let [page, none, read, many] = best;
    println!("sends a second without the page: {none:.0}");
    println!(
        "with it, and nobody there: {page:.0}, which is {:.2} of that (wanted: at least 0.90)",
        page / none
    );
    println!("with it, and one reader: {read:.0}, which is {:.2}", read / none);
    println!("with it, and {READERS} readers: {many:.0}, which is {:.2}", many / none);
}
