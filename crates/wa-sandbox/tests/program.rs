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

use common::receiver::{Receiver, SECRET};
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
        Self::of(program().args(args))
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on ").unwrap().to_owned();
        assert_eq!(lines.next().unwrap().unwrap(), "the access token is sandbox-token");
        assert_eq!(lines.next().unwrap().unwrap(), format!("the page is at {address}/"));
        Self { child, lines, address }
    }

    fn client(&self) -> Client {
        let client = Client::builder("sandbox-token", "1").base_url(&self.address);
        // Each answer is looked at.
        client.retry(Backoff::never()).rate(None).recipient_rate(None).build().unwrap()
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

/// What is wrong with a file of templates is told once, at the start, and is in the way of nothing else.
#[test]
fn it_knows_templates() {
    let file = file("templates.json");
    let menu = r#"{"name": "menu", "language": "en_US", "components": [{"type": "BODY", "text": "{{1}} and {{3}}."}]}"#;
    fs::write(&file, menu).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/templates/definitions");
    let file = file.to_str().unwrap();
    let mut child = program()
        .args(["--templates", file, "--templates", folder, "--approve-templates-after", "1000"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let wanted = "the definition of `menu`: the numbers of its variables leave out 2";
    let first: Vec<_> = lines.by_ref().take(4).map(Result::unwrap).collect();
    let _ = child.kill();
    let _ = child.wait();
    // The first definition of a name counts.
    assert!(first[0].contains("it is there twice in `en_US`"), "{first:?}");
    assert!(first[1].ends_with(&format!("{file}:1:1: {wanted}")), "{first:?}");
    assert!(first[2].ends_with("the button `REMINDER` is not known here"), "{first:?}");
    assert!(first[3].starts_with("listening on "), "{first:?}");

    let missing = program().args(["--templates", "/no/such/file"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
    let error = String::from_utf8_lossy(&missing.stderr);
    assert!(error.starts_with("error: cannot read /no/such/file: "), "{error}");
}

#[test]
fn it_explains_itself() {
    let help = program().arg("--help").output().unwrap();
    let help_text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success());
    for word in [
        "--port",
        "--faults",
        "--ledger",
        "--token",
        "--forward-to",
        "[[rate]]",
        "stall",
        "PUT /_sandbox/limits",
    ] {
        assert!(help_text.contains(word), "{word}");
    }
    assert!(help_text.lines().all(|line| line.len() <= 100));

    // What stands behind the code is in one column.
    for block in help_text.split("\n\n") {
        let lines = block.lines().filter(|line| line.starts_with("  "));
        let columns: std::collections::HashSet<_> = lines.filter_map(column).collect();
        assert!(columns.len() <= 1, "{block}");
    }
}

/// Where the words of a line of the help begin, if it has some behind a code and a gap.
fn column(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let gap = line.trim_start().find("  ")? + line.len() - line.trim_start().len();
    Some(gap + line[gap..].find(|char| char != ' ')?)
}

#[test]
fn a_wrong_argument_gets_two_lines() {
    let wrong = program().arg("--fault").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(wrong.stdout.is_empty());
    assert_eq!(
        String::from_utf8(wrong.stderr).unwrap(),
        "error: `--fault` is not an argument\n`wa-sandbox --help` shows what it takes\n"
    );
}

/// The file in the help is one that it takes.
#[test]
fn the_example_in_the_help_is_one() {
    let help = String::from_utf8(program().arg("--help").output().unwrap().stdout).unwrap();
    let (_, rest) = help.split_once("Each part is optional:\n\n").unwrap();
    let (example, faults) = rest.split_once("\n\n").unwrap();
    let (faults, calls) = faults.split_once("\n\nThe control. ").unwrap();
    example.parse::<wa_sandbox::Setup>().unwrap();
    let (_, faults) = faults.split_once(":\n\n").unwrap();
    let (of_requests, of_webhooks) = faults.split_once("\n\nThe faults of webhooks:\n\n").unwrap();
    for (table, faults) in [("script", of_requests), ("webhook_script", of_webhooks)] {
        for line in faults.lines() {
            let fault = line.trim().split("  ").next().unwrap();
            let text = format!("[[{table}]]\nfault = {fault}");
            text.parse::<wa_sandbox::Setup>().unwrap_or_else(|error| panic!("{fault}: {error}"));
        }
    }
    // Each call that takes a body shows one, and each of them is JSON.
    let mut bodies = 0;
    for call in calls.split("\n\n").skip(1) {
        let mut lines = call.lines();
        let line = lines.next().unwrap().trim();
        assert!(line.contains(" /_sandbox"), "{line}");
        let examples: Vec<_> = lines.filter_map(|line| line.strip_prefix("      ")).collect();
        assert_eq!(examples.is_empty(), line.starts_with("GET "), "{line}");
        for example in examples {
            serde_json::from_str::<serde_json::Value>(example).unwrap();
            bodies += 1;
        }
    }
    assert!(bodies > 25, "{bodies}");
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

#[tokio::test(flavor = "multi_thread")]
async fn it_posts_webhooks_with_a_secret_that_is_no_argument() {
    let receiver = Receiver::start().await;
    let secret = file("secret");
    fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let args = ["--forward-to", &receiver.url, "--app-secret-file", secret.to_str().unwrap()];
    let running = [Running::start(&args), {
        let mut command = program();
        Running::of(command.args(&args[..2]).env("WA_SANDBOX_APP_SECRET", SECRET))
    }];
    for mut running in running {
        let sent = running.client().send(&message("a")).await.unwrap();
        assert!(running.line().contains(" accepted text "));
        for number in 0..3 {
            let line = running.line();
            assert!(line.contains(" webhook ") && line.ends_with(": 200"), "{number}: {line}");
        }
        assert_eq!(receiver.words(sent.id()).len(), 3);
    }

    for (args, says) in [
        (
            &args[..2],
            "`--forward-to` needs a secret: in `--app-secret-file` or WA_SANDBOX_APP_SECRET",
        ),
        (&["--forward-to", "http://192.0.2.1/", args[2], args[3]], "not on this machine"),
        (
            &["--forward-to", &receiver.url, "--app-secret-file", "/no/such/file"],
            "cannot read /no/such/file",
        ),
    ] {
        let output = program().args(args).env_remove("WA_SANDBOX_APP_SECRET").output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains(says));
    }
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
    for length in [1, 7, 5000] {
        let mut torn = br#"{"id":"wamid."#.to_vec();
        torn.resize(length, b'A');
        let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&torn).unwrap();
        drop(file);
        let ledger = Ledger::read(&path).unwrap();
        assert_eq!(ledger.with_data("ä\"")[0].fault(), Some("gateway"));
        assert_eq!((ledger.len(), ledger.torn_lines()), (1, vec![]));
        drop(start().await.unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
    fs::write(&path, "{}\n").unwrap();
    let error = Ledger::read(&path).unwrap_err();
    assert!(error.to_string().starts_with("line 1 is not one of a ledger: "), "{error}");
}

/// Behind a line that is torn in the middle of the file, reading goes on.
#[tokio::test]
async fn a_torn_line_is_told_of() {
    let path = file("torn_inside.ledger");
    let sandbox = Sandbox::builder().ledger_file(&path).start().await.unwrap();
    let client = common::client_of(&sandbox);
    for data in ["a", "b"] {
        client.send(&message(data)).await.unwrap();
    }
    let lines = fs::read_to_string(&path).unwrap();
    let (first, second) = lines.split_once('\n').unwrap();
    for torn in ["{\"id\":\"wamid.A torn\n", "{\"id\":\"wamid.A\n", "{\"id\":\"wamid.A"] {
        fs::write(&path, format!("{first}\n{torn}{second}")).unwrap();
        let ledger = Ledger::read(&path).unwrap();
        let data: Vec<_> = ledger.accepted();
        let data: Vec<_> = data.iter().map(|accepted| accepted.data().unwrap()).collect();
        assert_eq!(data, ["a", "b"]);
        assert_eq!(ledger.torn_lines(), [2]);
    }
}

#[tokio::test]
async fn notes_do_not_lose_their_last_line() {
    let path = file("notes.txt");
    fs::write(&path, "bread\nmilk").unwrap();
    let error = Sandbox::builder().ledger_file(&path).start().await.unwrap_err();
    assert!(error.to_string().contains("not one of a ledger"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "bread\nmilk");
}

/// A disk that is full, by the limit of the shell on the size of files.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_whole_lines() {
    let path = file("full.ledger");
    // 1 block is 512 or 1024 bytes. The signal of the limit would end the program, so it is ignored.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";
    let command = [env!("CARGO_BIN_EXE_wa-sandbox"), "--ledger", path.to_str().unwrap()];
    let mut shell = Command::new("sh");
    let running = Running::of(shell.arg("-c").arg(script).args(command));
    let client = running.client();
    let mut accepted = 0;
    let mut refused = 0;
    for number in 0..60 {
        match client.send(&message(&format!("message-{number}"))).await {
            Ok(_) => accepted += 1,
            Err(Error::Refused(error)) if error.code() == 131_016 => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(accepted > 3 && refused > 3, "{accepted} {refused}");
    let ledger = Ledger::read(&path).unwrap();
    assert_eq!((ledger.len(), ledger.torn_lines()), (accepted, vec![]));
    assert!(fs::read(&path).unwrap().ends_with(b"\n"));
}

/// SIGTERM and Ctrl-C: what has begun is finished, and nothing else is taken.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_lets_what_has_begun_finish() {
    let faults = file("signal.toml");
    fs::write(&faults, "script = [{ fault = { stall = {} } }, { fault = { slow = 700 } }]")
        .unwrap();
    for signal in ["TERM", "INT"] {
        let mut running = Running::start(&["--faults", faults.to_str().unwrap()]);
        let client = running.client();
        let send = |data: &'static str| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&message(data)).await })
        };
        let stalled = send("stalled");
        assert!(running.line().ends_with("fault: no answer"));
        let slow = send("slow");
        assert!(running.line().ends_with("fault: answer after 700ms"));
        let id = running.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        slow.await.unwrap().unwrap();
        assert!(matches!(stalled.await.unwrap(), Err(Error::InDoubt(_))));
        assert!(running.child.wait().unwrap().success());
        assert!(matches!(client.send(&message("late")).await, Err(Error::NotSent(_))));
    }
}

/// A limit counts what was accepted, and nothing that the ledger could not take.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_limit_counts_what_the_ledger_took() {
    let limits = wa_sandbox::Limits::none().messages_per_second(1);
    let builder = Sandbox::builder().ledger_file("/dev/full").limits(limits);
    let sandbox = builder.start().await.unwrap();
    for _ in 0..3 {
        let answer = common::post(&sandbox, message("a").to_json().as_bytes()).await;
        assert_eq!((answer.status, answer.code()), (500, 131_016));
    }
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
