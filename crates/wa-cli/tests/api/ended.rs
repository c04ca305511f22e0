//! Many messages, ended in the middle: nothing is lost, and nothing is sent twice.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use wa_message::{
    Client,
    outbox::{Outbox, State},
};
use wa_sandbox::{Fault, Faults, Sandbox};

use crate::Running;

const ROWS: usize = 150;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = String::from("phone,name\n");
    for row in 0..ROWS {
        writeln!(rows, "+1555010{row:04},Guest {row}").unwrap();
    }
    fs::write(folder.path().join("rows.csv"), rows).unwrap();
    fs::write(folder.path().join("body.rs"), "<text> to: phone, body: name").unwrap();
    folder
}

fn begin(running: &Running, folder: &Path) -> Child {
    let mut command = running.wa(&["send", "body.rs", "--each", "rows.csv", "--json"]);
    command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until so many messages were accepted.
fn accepted(running: &Running, count: usize) {
    let start = Instant::now();
    while running.sandbox.ledger().accepted().len() < count {
        assert!(start.elapsed() < Duration::from_secs(60), "no messages");
        thread::sleep(Duration::from_millis(5));
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// How often each customer was accepted for.
fn ledger(running: &Running) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for accepted in running.sandbox.ledger().accepted() {
        *counts.entry(accepted.to().to_owned()).or_default() += 1;
    }
    counts
}

fn lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn slow() -> Running {
    // So that requests are under way whenever it is ended.
    Running::of(
        Sandbox::builder()
            .faults(Faults::none().rate(1.0, Fault::Slow(Duration::from_millis(100)))),
    )
}

#[test]
fn ctrl_c_finishes_what_runs_and_the_same_command_goes_on() {
    let (running, folder) = (slow(), folder());
    let child = begin(&running, folder.path());
    accepted(&running, 20);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("The same command goes on where it was."), "{said}");
    let states: Vec<_> = lines(&output.stdout).iter().map(|line| line["outcome"].clone()).collect();
    assert_eq!(states.len(), ROWS);
    let count = |state: &str| states.iter().filter(|found| *found == state).count();
    // Nobody is in doubt, because no request was cut.
    assert_eq!(count("accepted"), running.sandbox.ledger().accepted().len());
    assert_eq!(count("accepted") + count("pending"), ROWS);
    assert!(count("pending") > 0);

    let output = begin(&running, folder.path()).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let counts = ledger(&running);
    assert_eq!((counts.len(), counts.values().max()), (ROWS, Some(&1)));
    // All of the outbox is in one file.
    assert!(!folder.path().join("rows.csv.outbox-wal").exists());
}

#[test]
fn kill_leaves_a_few_in_doubt_and_loses_none() {
    let (running, folder) = (slow(), folder());
    let mut child = begin(&running, folder.path());
    accepted(&running, 20);
    signal(&child, "-KILL");
    child.wait().unwrap();
    forget_worker(&running, folder.path());

    let output = begin(&running, folder.path()).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let all = lines(&output.stdout);
    assert_eq!(all.len(), ROWS);
    let counts = ledger(&running);
    assert_eq!(counts.values().max(), Some(&1));
    for line in &all {
        let is_there = counts.contains_key(line["to"].as_str().unwrap());
        match line["outcome"].as_str().unwrap() {
            "accepted" => assert!(is_there, "{line}"),
            // It may have been accepted, and nobody says otherwise.
            "in_doubt" => {}
            other => panic!("{other}: {line}"),
        }
    }
    let in_doubt = all.iter().filter(|line| line["outcome"] == "in_doubt").count();
    assert!((1..=64).contains(&in_doubt), "{in_doubt}");
}

/// Finds that the worker is gone at once, for which the program waits a minute.
fn forget_worker(running: &Running, folder: &Path) {
    let url = format!("sqlite:{}", folder.join("rows.csv.outbox").display());
    running.runtime.block_on(async {
        let outbox = Outbox::open(&url).await.unwrap();
        // Another number, so that nothing is sent.
        let client =
            Client::builder("a-token", "1").base_url(running.sandbox.base_url()).build().unwrap();
        let lost = Duration::from_millis(10);
        let found = async {
            while outbox.summary().await.unwrap().of(State::Sending) > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        Box::pin(outbox.worker(&client).lost_after(lost).run_until(found)).await.unwrap();
    });
}

/// The live status tells of each change until it is asked to end.
#[test]
fn the_live_status_ends_when_it_is_asked_to() {
    let (running, folder) = (slow(), folder());
    let outbox = ["--outbox", "sqlite:rows.csv.outbox"];
    let made = running.wa(&[&["outbox", "migrate"], &outbox[..]].concat());
    let made = { made }.current_dir(folder.path()).output().unwrap();
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let mut watch = running.wa(&[&["outbox", "status", "--watch", "--json"], &outbox[..]].concat());
    let mut watch = watch.current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(next()["states"], serde_json::json!({}));
    let sent = begin(&running, folder.path()).wait_with_output().unwrap();
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    while next()["states"]["accepted"] != ROWS {}
    signal(&watch, "-INT");
    assert_eq!(watch.wait().unwrap().code(), Some(0));
}

#[test]
fn a_worker_ends_when_it_is_asked_to() {
    let (running, folder) = (slow(), folder());
    let mut child = begin(&running, folder.path());
    accepted(&running, 5);
    signal(&child, "-INT");
    child.wait().unwrap();
    let before = running.sandbox.ledger().accepted().len();

    let run = ["outbox", "run", "--outbox", "sqlite:rows.csv.outbox"];
    let mut command = running.wa(&run);
    let command = command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    accepted(&running, before + 10);
    signal(&child, "-TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Ended: ") && said.contains(" accepted"), "{said}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let now = running.sandbox.ledger().accepted().len();
    assert_eq!(printed.lines().filter(|line| line.contains("  accepted  ")).count(), now - before);
}

/// Reads the head of a request.
fn asked(listener: &TcpListener) -> TcpStream {
    let (stream, _) = listener.accept().unwrap();
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.is_empty()));
    stream
}

/// Of a file that has come in part, nothing stays behind.
#[test]
fn a_download_that_is_ended_leaves_no_part() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command.args(["media", "get", "500100"]).current_dir(folder.path()).envs(crate::bare());
    command.envs([("WHATSAPP_TOKEN", "token"), ("WHATSAPP_PHONE_NUMBER_ID", "700100")]);
    let command = command.env("WHATSAPP_BASE_URL", &base).stderr(Stdio::piped());
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();

    let body = format!(
        r#"{{"id":"500100","url":"{base}/file","mime_type":"image/png","file_size":100000}}"#
    );
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type";
    let length = body.len();
    let mut look_up = asked(&listener);
    write!(look_up, "{head}: application/json\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
    drop(look_up);
    let mut file = asked(&listener);
    write!(file, "{head}: image/png\r\ncontent-length: 100000\r\n\r\n\u{89}PNG").unwrap();
    file.flush().unwrap();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let start = Instant::now();
    while files() == 0 {
        assert!(start.elapsed() < Duration::from_secs(30), "nothing has come");
        thread::sleep(Duration::from_millis(5));
    }
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("the download was ended, and nothing of it is kept"), "{said}");
    assert_eq!(files(), 0);
}

/// Whoever ends a request that is under way is told that nobody knows what becomes of it.
#[test]
fn a_message_that_is_ended_is_in_doubt() {
    let running = Running::of(Sandbox::builder());
    running.sandbox.fail_next(1, Fault::Stall { accepted: true });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("body.rs"), "<text> to: \"+15550100\", body: \"Hello\"").unwrap();
    let mut command = running.wa(&["send", "body.rs", "--json"]);
    command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    accepted(&running, 1);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["outcome"], "in_doubt");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the program was ended before an answer came"), "{said}");
    assert!(said.contains("do not send it again"), "{said}");
}
