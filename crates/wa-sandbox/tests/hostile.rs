//! Connections that do not want an answer, and what they cannot do to the sandbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{client_of, post, raw, text};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep},
};
use wa_message::Error;
use wa_sandbox::{Fault, Limits, Sandbox};

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap()
}

/// Reads until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    String::from_utf8(rest).unwrap()
}

fn head(sandbox: &Sandbox, length: usize) -> String {
    format!(
        "POST /v23.0/1/messages HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n",
        sandbox.token()
    )
}

/// The clock stands still, and jumps to the end of the time that they have.
#[tokio::test(start_paused = true)]
async fn a_head_or_a_body_has_to_arrive_in_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let start = Instant::now();
    for part in ["", "POST /v23.0/1/messages HTTP/1.1\r\nhost: sand"] {
        let mut stream = connect(&sandbox).await;
        stream.write_all(part.as_bytes()).await.unwrap();
        assert_eq!(rest(&mut stream).await, "");
    }
    let mut stream = connect(&sandbox).await;
    stream.write_all(head(&sandbox, 100).as_bytes()).await.unwrap();
    stream.write_all(b"{").await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("the body did not arrive within 30 seconds"), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(95), "{:?}", start.elapsed());
}

/// The clock stands still: whoever waits for the body is told by it.
#[tokio::test(start_paused = true)]
async fn a_body_that_is_announced_as_too_long_is_not_waited_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let start = Instant::now();
    for path in [
        "POST /v23.0/1/messages",
        "POST /v23.0/500100/message_templates",
        "POST /v23.0/1/media",
        "POST /_sandbox/reset",
        "POST /_sandbox/templates",
        "PUT /_sandbox/faults",
        "POST /_sandbox/customers/15550100",
    ] {
        for length in ["1048577", "99999999999", "9223372036854775807"] {
            let form = "multipart/form-data; boundary=b";
            let is_media = path.ends_with("media");
            let length = if is_media { "99999999999" } else { length };
            let head = format!(
                "{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: {}\r\n\
                 content-length: {length}\r\n\r\n",
                sandbox.token(),
                if is_media { form } else { "application/json" },
            );
            let mut stream = connect(&sandbox).await;
            stream.write_all(head.as_bytes()).await.unwrap();
            let answer = rest(&mut stream).await;
            assert!(answer.starts_with("HTTP/1.1 413 "), "{path} {length}: {answer}");
        }
    }
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

/// Bytes that come one by one do not give more time.
#[tokio::test(start_paused = true)]
async fn a_slow_head_or_body_does_not_last() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = text().to_json();
    let head = head(&sandbox, body.len());
    for (at_once, slow) in [(String::new(), head.clone()), (head, body)] {
        let mut stream = connect(&sandbox).await;
        stream.write_all(at_once.as_bytes()).await.unwrap();
        let start = Instant::now();
        for byte in slow.bytes() {
            if stream.write_all(&[byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_secs(1)).await;
        }
        assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
    }
    assert!(sandbox.received().is_empty());
}

#[tokio::test]
async fn a_head_has_a_limit() {
    let sandbox = Sandbox::start().await.unwrap();
    let many =
        (0..200).fold(String::new(), |headers, index| headers + &format!("x-{index}: 1\r\n"));
    let long = format!("x: {}\r\n", "a".repeat(16 * 1024));
    for headers in [many, long] {
        let request = format!("POST /v23.0/1/messages HTTP/1.1\r\n{headers}\r\n");
        let answer = raw(&sandbox, request.as_bytes()).await;
        assert_eq!(answer.status, 431);
    }
    let path = "a".repeat(20_000);
    let mut stream = connect(&sandbox).await;
    let _ = stream.write_all(format!("POST /{path} HTTP/1.1\r\n\r\n").as_bytes()).await;
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 4"));
}

/// Who opens connections and says nothing keeps others waiting for a while, and not for ever.
#[tokio::test(start_paused = true)]
async fn idle_connections_do_not_keep_others_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..400 {
        idle.push(connect(&sandbox).await);
    }
    assert_eq!(post(&sandbox, text().to_json().as_bytes()).await.status, 200);
    for stream in &mut idle {
        assert_eq!(rest(stream).await, "");
    }
}

/// The 513th connection waits for as long as it takes. The clock runs ahead only when nobody has
/// anything to do, so nothing here depends on how fast the machine is.
#[tokio::test(start_paused = true)]
async fn connections_beyond_the_limit_wait_for_one_to_end() {
    // Both ends of each connection are in this process, which may have 1024 open files by default.
    rlimit::increase_nofile_limit(4096).unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let body = text().to_json();
    let request = format!("{}{body}", head(&sandbox, body.len()));

    sandbox.fail_next(512, Fault::Stall { accepted: true });
    let mut held = Vec::new();
    for count in 1..=512 {
        let mut stream = connect(&sandbox).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        held.push(stream);
        while sandbox.ledger().len() < count {
            sleep(Duration::from_millis(1)).await;
        }
    }
    // They are taken by the system, and their requests wait there.
    let mut waiting = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(&sandbox).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        waiting.push(stream);
    }
    sleep(Duration::from_secs(3600)).await;
    assert_eq!(sandbox.ledger().len(), 512);

    for (at, mut stream) in waiting.into_iter().enumerate() {
        // One ends, and one comes in: the one that has waited longest.
        drop(held.swap_remove(0));
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 200");
        assert_eq!(sandbox.ledger().len(), 513 + at);
        held.push(stream);
    }
}

/// Requests without end, and nobody reads the answers.
#[tokio::test(start_paused = true)]
async fn answers_that_nobody_reads_end_the_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = text().to_json();
    let requests = format!("{}{body}", head(&sandbox, body.len())).repeat(100);
    let mut stream = connect(&sandbox).await;
    while stream.write_all(requests.as_bytes()).await.is_ok() {}
}

#[tokio::test]
async fn a_shutdown_waits_for_what_has_begun() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, Fault::Slow(Duration::from_millis(300)));
    sandbox.fail_next(1, Fault::Stall { accepted: true });
    let client = client_of(&sandbox);
    let send = || {
        let client = client.clone();
        tokio::spawn(async move { client.send(&text()).await })
    };
    let slow = send();
    while sandbox.received().is_empty() {
        sleep(Duration::from_millis(1)).await;
    }
    let stalled = send();
    while sandbox.received().len() < 2 {
        sleep(Duration::from_millis(1)).await;
    }
    let ledger = sandbox.ledger();
    sandbox.shutdown().await.unwrap();
    assert!(slow.await.unwrap().is_ok());
    assert!(matches!(stalled.await.unwrap(), Err(Error::InDoubt(_))));
    assert!(matches!(client.send(&text()).await, Err(Error::NotSent(_))));
    assert_eq!(ledger.len(), 2);
}

#[tokio::test]
async fn a_ledger_keeps_to_its_room() {
    for (memory, kept) in [(0, 0), (1000, 2)] {
        let sandbox = Sandbox::builder().ledger_memory(memory).start().await.unwrap();
        let client = client_of(&sandbox);
        for _ in 0..5 {
            client.send(&text()).await.unwrap();
        }
        assert_eq!((sandbox.ledger().len(), sandbox.ledger().forgotten()), (kept, 5 - kept));
        assert_eq!(sandbox.received().len(), 5);
    }
}

/// What a fault does not accept counts for no limit.
#[tokio::test(start_paused = true)]
async fn a_limit_counts_what_was_accepted() {
    let limits = Limits::none().pair_rate(Duration::from_secs(6), 1);
    let sandbox = Sandbox::builder().limits(limits).start().await.unwrap();
    sandbox.fail_next(2, Fault::Code(131_016));
    let mut codes = Vec::new();
    for _ in 0..4 {
        let answer = post(&sandbox, text().to_json().as_bytes()).await;
        codes.push(answer.body["error"]["code"].as_i64());
    }
    assert_eq!(codes, [Some(131_016), Some(131_016), None, Some(131_056)]);
}
