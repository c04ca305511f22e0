//! The program `wa-sandbox`, and the file of its ledger.
#![cfg(feature = "program")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs,
    io::{BufRead, BufReader, Write as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use wa_message::client::Backoff;
use wa_message::{Client, Error, Message};
use wa_sandbox::{Fault, Ledger, Sandbox};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_wa-sandbox"))
}

/// A file of this test, which is not there yet.
fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// Runs until it is dropped, and is then killed.
struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    address: String,
}

impl Running {
    fn start(args: &[&str]) -> Self {
        let mut child = program().args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on ").unwrap().to_owned();
        assert_eq!(lines.next().unwrap().unwrap(), "the access token is sandbox-token");
        Self { child, lines, address }
    }

    fn client(&self) -> Client {
        let client = Client::builder("sandbox-token", "1").base_url(&self.address);
        // Each answer is looked at.
        client.retry(Backoff::never()).build().unwrap()
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL, as `kill -9` sends it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(data: &str) -> Message {
    format!(
        r#"{{ "messaging_product": "whatsapp", "to": "+15550100",
            "biz_opaque_callback_data": "{data}", "text": {{ "body": "Hello" }} }}"#
    )
    .parse()
    .unwrap()
}

#[test]
fn it_explains_itself() {
    let help = program().arg("--help").output().unwrap();
    let help_text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success());
    for word in ["--port", "--faults", "--ledger", "--token", "[[rate]]", "stall"] {
        assert!(help_text.contains(word), "{word}");
    }
    assert!(help_text.lines().all(|line| line.len() <= 100));

    let wrong = program().arg("--fault").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().starts_with("error: `--fault`"));
}

/// The file in the help is one that it takes.
#[test]
fn the_example_in_the_help_is_one() {
    let help = String::from_utf8(program().arg("--help").output().unwrap().stdout).unwrap();
    let (_, rest) = help.split_once("Each part is optional:\n\n").unwrap();
    let (example, faults) = rest.split_once("\n\n").unwrap();
    example.parse::<wa_sandbox::Setup>().unwrap();
    let (_, faults) = faults.split_once(":\n\n").unwrap();
    for line in faults.lines() {
        let fault = line.trim().split("   ").next().unwrap();
        let fault = fault.split("    ").next().unwrap();
        let text = format!("[[script]]\nfault = {fault}");
        text.parse::<wa_sandbox::Setup>().unwrap_or_else(|error| panic!("{fault}: {error}"));
    }
}

#[test]
fn a_mistake_in_a_file_is_shown_in_its_line() {
    let faults = file("mistake.toml");
    fs::write(&faults, "seed = 1\n\n[[rate]]\nshare = 0.1\nfault = \"cutt\"\n").unwrap();
    let output = program().arg("--faults").arg(&faults).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("line 5, column 9: unknown variant `cutt`"), "{text}");
    assert!(text.ends_with("  | fault = \"cutt\"\n  |         ^\n"), "{text}");

    let output = program().args(["--faults", "/no/such/file"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot read /no/such/file"));
}

#[tokio::test]
async fn it_misbehaves_as_the_file_says() {
    let faults = file("faults.toml");
    fs::write(&faults, "script = [{ fault = { code = 131016 } }, { fault = \"cut\" }]").unwrap();
    let mut running = Running::start(&["--faults", faults.to_str().unwrap()]);
    let client = running.client();
    let Err(Error::Refused(refused)) = client.send(&message("a")).await else { panic!() };
    assert_eq!(refused.code(), 131_016);
    assert!(client.send(&message("b")).await.is_err());
    let sent = client.send(&message("c")).await.unwrap();

    let seconds = |line: &str| line.trim_start().split(' ').next().unwrap().parse::<f64>().unwrap();
    let line = running.line();
    assert!(line.ends_with(" did not accept text to +15550100; fault: code 131016"), "{line}");
    assert!(seconds(&line) < 60.0);
    let line = running.line();
    assert!(line.contains(" accepted text to +15550100 as wamid."), "{line}");
    assert!(line.ends_with("; fault: answer cut"), "{line}");
    let line = running.line();
    assert!(line.ends_with(&format!(" accepted text to +15550100 as {}", sent.id())), "{line}");
}

#[tokio::test]
async fn the_file_has_what_was_answered_also_after_a_kill() {
    let path = file("killed.ledger");
    for round in 0..3 {
        let running = Running::start(&["--ledger", path.to_str().unwrap()]);
        let client = running.client();
        let sent = client.send(&message(&format!("round-{round}"))).await.unwrap();
        drop(running);
        let ledger = Ledger::read(&path).unwrap();
        assert_eq!(ledger.len(), round + 1);
        assert_eq!(ledger.with_data(&format!("round-{round}"))[0].id(), sent.id());
    }
    let ids: std::collections::HashSet<_> =
        Ledger::read(&path).unwrap().accepted().iter().map(|one| one.id().to_owned()).collect();
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn a_line_that_does_not_end_is_taken_away() {
    let path = file("torn.ledger");
    let start = || Sandbox::builder().ledger_file(&path).start();
    let sandbox = start().await.unwrap();
    sandbox.fail_next(1, Fault::Gateway { status: 502, accepted: true });
    let client = common::client_of(&sandbox);
    assert!(client.send(&message("ä\\\"")).await.is_err());
    drop(sandbox);
    let whole = fs::read(&path).unwrap();
    assert!(whole.ends_with(b"\n"));
    for length in [1, 5000] {
        let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&vec![b'{'; length]).unwrap();
        drop(file);
        let ledger = Ledger::read(&path).unwrap();
        assert_eq!(ledger.with_data("ä\"")[0].fault(), Some("gateway"));
        assert_eq!(ledger.len(), 1);
        drop(start().await.unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
    fs::write(&path, "{}\n").unwrap();
    let error = Ledger::read(&path).unwrap_err();
    assert!(error.to_string().starts_with("line 1 is not one of a ledger: "), "{error}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_cannot_be_written_is_not_accepted() {
    // Writing to it fails.
    let sandbox = Sandbox::builder().ledger_file("/dev/full").start().await.unwrap();
    let answer = common::post(&sandbox, message("a").to_json().as_bytes()).await;
    assert_eq!((answer.status, answer.code()), (500, 131_016));
    assert!(sandbox.ledger().is_empty() && sandbox.received().is_empty());
}
