//! The program `wa-sandbox`: its arguments, its files, signals, and what it prints.
#![cfg(feature = "program")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;
mod ledger;
mod running;

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use common::receiver::{Receiver, SECRET};
use running::{Running, file, message, program};
use wa_message::Error;

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
    // Each call that takes JSON shows some, and it is.
    let mut bodies = 0;
    for call in calls.split("\n\n").skip(1) {
        let mut lines = call.lines();
        let line = lines.next().unwrap().trim();
        assert!(line.contains(" /_sandbox"), "{line}");
        let examples: Vec<_> = lines.filter_map(|line| line.strip_prefix("      ")).collect();
        // A file is no JSON.
        let is_json = !line.starts_with("GET ") && !line.ends_with("/files");
        assert_eq!(!examples.is_empty(), is_json, "{line}");
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

/// Other machines may reach it with a password, which is no argument either.
#[test]
fn another_address_needs_a_password_that_is_no_argument() {
    let secret = file("password");
    fs::write(&secret, "knock twice\n").unwrap();
    let short = file("short");
    fs::write(&short, "knock\n").unwrap();
    let (secret, short) = (secret.to_str().unwrap(), short.to_str().unwrap());
    for (args, says) in [
        (
            &["--listen", "0.0.0.0"] as &[_],
            "`--listen 0.0.0.0` needs a password for the page and the control: in `--password-file` or WA_SANDBOX_PASSWORD",
        ),
        (&["--listen=::", "--password-file", short], "shorter than 8 characters"),
        (&["--password-file", "/no/such/file"], "cannot read /no/such/file"),
    ] {
        let output = program().args(args).env_remove("WA_SANDBOX_PASSWORD").output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(says), "{error}");
    }
    let args = ["--listen", "0.0.0.0"];
    let by_file = [&args[..], &["--password-file", secret]].concat();
    for (args, variable) in [(&by_file[..], ""), (&args[..], "knock twice")] {
        let mut command = program();
        command.args(args).env_remove("WA_SANDBOX_PASSWORD").stdout(Stdio::piped());
        if !variable.is_empty() {
            command.env("WA_SANDBOX_PASSWORD", variable);
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Vec<_> = lines.take(3).map(Result::unwrap).collect();
        let _ = child.kill();
        let _ = child.wait();
        assert!(first[0].starts_with("listening on http://127.0.0.1:"), "{first:?}");
        assert!(first[2].ends_with("/, and asks for the password"), "{first:?}");
        assert!(!first.concat().contains("knock"), "{first:?}");
    }
}
