//! The work of an outbox in a second, and the cost of a long queue: `cargo bench -p wa-outbox --bench outbox`.
//!
//! With `WA_OUTBOX_POSTGRES`, the URL of a server whose user may make databases, it measures PostgreSQL too.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used)]

use std::{
    env,
    process::Command,
    time::{Duration, Instant},
};

use wa_message::{
    Client,
    outbox::{NewEntry, Outbox, State},
    wa_message,
};
use wa_sandbox::{Limits, Sandbox};

#[path = "../tests/common/databases.rs"]
mod databases;

const TASK: &str = "WA_OUTBOX_BENCH_TASK";
/// How many messages go through.
const MESSAGES: usize = 5_000;
/// How many entries wait, in the two queues that are compared.
const WAITING: [usize; 2] = [1_000, 1_000_000];

#[tokio::main]
async fn main() {
    if let Ok(task) = env::var(TASK) {
        return send(&task).await;
    }
    // `cargo test --benches` runs this too, and measures nothing.
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    // `-- pace` is that part alone.
    let parts: Vec<_> =
        env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    for place in databases::each().await {
        println!("{}", place.name);
        if wants("through") {
            through(&place.url().await, place.name).await;
        }
        if wants("pace") {
            pace(&place.url().await).await;
        }
        if wants("queues") {
            queues([&place.url().await, &place.url().await]).await;
        }
    }
}

/// Enqueue, lease, mark, send to the sandbox and settle.
async fn through(url: &str, name: &str) {
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(url).await.unwrap();
    let begun = Instant::now();
    fill(&outbox, sandbox.phone_number_id(), MESSAGES).await;
    let enqueued = begun.elapsed();
    let client = client(&sandbox.base_url(), sandbox.token(), sandbox.phone_number_id());
    outbox.worker(&client).rate(1_000_000).recipient_rate(None).drain().await.unwrap();
    let all = begun.elapsed();
    assert_eq!(sandbox.ledger().len(), MESSAGES);
    println!(
        "  {MESSAGES} messages: {:.0} a second enqueued, {:.0} a second from enqueue to settled",
        per_second(MESSAGES, enqueued),
        per_second(MESSAGES, all)
    );

    // One by one: each its own commit, which waits for the disk.
    let singles = 300;
    let begun = Instant::now();
    for at in 0..singles {
        outbox.enqueue(entry("1", at)).await.unwrap();
    }
    println!(
        "  one at a time: {:.0} a second enqueued ({name})",
        per_second(singles, begun.elapsed())
    );
}

/// Four workers in processes of their own, at 80 a second, with the limit of the API.
async fn pace(url: &str) {
    let sandbox =
        Sandbox::builder().limits(Limits::none().messages_per_second(80)).start().await.unwrap();
    let outbox = Outbox::open(url).await.unwrap();
    fill(&outbox, sandbox.phone_number_id(), 1_600).await;
    let task =
        [url, &sandbox.base_url(), sandbox.token(), sandbox.phone_number_id(), "80"].join("\n");
    let mut children: Vec<_> = (0..4)
        .map(|_| Command::new(env::current_exe().unwrap()).env(TASK, &task).spawn().unwrap())
        .collect();
    while sandbox.ledger().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (begun, first) = (Instant::now(), sandbox.ledger().len());
    tokio::time::sleep(Duration::from_secs(15)).await;
    let (sent, time) = (sandbox.ledger().len() - first, begun.elapsed());
    let memory = children.iter().map(|child| peak(child.id())).max().unwrap();
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let tries: u32 = common_all(&outbox).await.iter().sum();
    let throttled = f64::from(tries) - sandbox.ledger().len() as f64;
    println!(
        "  four workers at 80 a second: {:.1} % of it, {:.2} % throttled, {} MiB at most in a worker",
        per_second(sent, time) / 0.8,
        throttled.max(0.0) / f64::from(tries) * 100.0,
        memory / 1024
    );
}

async fn common_all(outbox: &Outbox) -> Vec<u32> {
    let entries = outbox.list(wa_message::outbox::Filter::new().most(10_000)).await.unwrap();
    // What was being sent when the workers were killed counts as sent.
    entries.iter().filter(|entry| entry.state != State::Sending).map(|entry| entry.tries).collect()
}

/// What a turn takes with few entries waiting, and with many.
async fn queues(urls: [&str; 2]) {
    let mut times = Vec::new();
    for (url, waiting) in urls.into_iter().zip(WAITING) {
        let sandbox = Sandbox::start().await.unwrap();
        let outbox = Outbox::open(url).await.unwrap();
        for _ in 0..waiting.div_ceil(10_000) {
            fill(&outbox, sandbox.phone_number_id(), waiting.min(10_000)).await;
        }
        let mut turns: Vec<_> = Vec::new();
        for _ in 0..100 {
            let begun = Instant::now();
            let taken = outbox.lease_for_bench(sandbox.phone_number_id(), 8).await.unwrap();
            assert_eq!(taken, 8);
            turns.push(begun.elapsed());
        }
        turns.sort();
        times.push((waiting, turns[turns.len() / 2]));
    }
    let [few, many] = [times[0], times[1]];
    println!(
        "  a lease of 8: {:?} with {} waiting, {:?} with {}: {:.2}",
        few.1,
        few.0,
        many.1,
        many.0,
        many.1.as_secs_f64() / few.1.as_secs_f64()
    );
}

/// The worker of a process.
async fn send(task: &str) {
    let task: Vec<_> = task.split('\n').collect();
    let outbox = Outbox::open(task[0]).await.unwrap();
    let client = client(task[1], task[2], task[3]);
    outbox.worker(&client).rate(task[4].parse().unwrap()).drain().await.unwrap();
}

fn client(base_url: &str, token: &str, number: &str) -> Client {
    Client::builder(token, number).base_url(base_url).build().unwrap()
}

async fn fill(outbox: &Outbox, number: &str, count: usize) {
    for at in (0..count).step_by(1_000) {
        outbox.enqueue_all((at..count.min(at + 1_000)).map(|at| entry(number, at))).await.unwrap();
    }
}

fn entry(number: &str, at: usize) -> NewEntry {
    let message =
        wa_message! { <text> to: format!("+1555{at:07}"), body: "The bread is ready." }.unwrap();
    NewEntry::new(number, &message)
}

fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// The most memory that a process has had, in KiB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).unwrap_or(0)
}
