//! Programs that run for a while, and servers that are posted to.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

use wa_message::webhook::{Verifier, What, parse};
use wa_sandbox::{Fault, Faults, Sandbox};

use crate::{Running, bare};

/// A server that answers each request with this status, and tells of it: its signature and its body.
fn receiver(status: &'static str) -> (String, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/webhook", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let (mut signature, mut length) = (String::new(), 0);
            for line in reader.by_ref().lines() {
                let line = line.unwrap().to_ascii_lowercase();
                match line.split_once(": ") {
                    None if line.is_empty() => break,
                    Some(("x-hub-signature-256", value)) => value.clone_into(&mut signature),
                    Some(("content-length", value)) => length = value.parse().unwrap(),
                    _ => {}
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            reader.into_inner().write_all(answer.as_bytes()).unwrap();
            if tell.send((signature, body)).is_err() {
                return;
            }
        }
    });
    (url, told)
}

#[test]
fn a_webhook_is_posted_with_its_signature() {
    let running = Running::of(Sandbox::builder());
    let (url, told) = receiver("200 OK");
    let output = running
        .wa(&["trigger", "button", "--set", "title=Keep it", "--to", &url])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with("button: 200 after "), "{printed}");
    let (signature, body) = told.recv().unwrap();
    Verifier::new(["an-app-secret"]).unwrap().verify(Some(signature.as_bytes()), &body).unwrap();
    let webhook = parse(&body).unwrap();
    let event = webhook.events().next().unwrap();
    assert!(matches!(event.what, What::Message(_)));
    // The settings say which number it is.
    assert_eq!(event.number.unwrap().phone_number_id.as_deref(), Some("700100"));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept.json");
    std::fs::write(&file, &body).unwrap();
    let output =
        running.wa(&["webhook", "replay", file.to_str().unwrap(), "--to", &url]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(told.recv().unwrap(), (signature, body));
}

#[test]
fn a_webhook_that_is_not_taken_is_told_by_the_exit_code() {
    let running = Running::of(Sandbox::builder());
    let (url, _told) = receiver("500 Internal Server Error");
    let output = running.wa(&["trigger", "text", "--to", &url, "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["status"], 500);
    let output =
        running.wa(&["trigger", "text", "--to", &url]).env("WHATSAPP_APP_SECRET", "").output();
    assert_eq!(output.unwrap().status.code(), Some(78));
}

/// A process that is gone when the test is, however it ends.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The sandbox as a command takes what the program takes, and messages can be sent to it.
#[test]
fn the_sandbox_is_run() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command.args(["sandbox", "--token", "a-token", "--phone-number-id", "700100"]).envs(bare());
    let mut sandbox = Killed(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(sandbox.0.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let url = first.strip_prefix("listening on ").expect(&first).to_owned();
    assert_eq!(lines.next().unwrap().unwrap(), format!("the page is at {url}/"));
    let body = r#"<text> to: "+15550100", body: "Hello""#;
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command
        .args(["send", "-", "--json", "--base-url", &url, "--phone-number-id", "700100"])
        .envs(bare());
    let command =
        command.env("WHATSAPP_TOKEN", "a-token").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut send = command.spawn().unwrap();
    send.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let output = send.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let sent: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sent["outcome"], "accepted");
    assert!(lines.next().unwrap().unwrap().contains("accepted text to +15550100"));
}

/// Each option of the lone program is one of the command.
#[test]
fn the_sandbox_has_all_options() {
    let help = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_wa")).args(args).envs(bare()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let help = help(&["sandbox", "--help"]);
    let source = include_str!("../../../wa-sandbox/src/args.rs");
    let source = source.split("#[cfg(test)]").next().unwrap();
    let options: Vec<_> =
        source.split('"').filter(|text| text.starts_with("--") && text.len() > 2).collect();
    assert!(options.len() > 10, "{options:?}");
    for option in options.iter().filter(|option| **option != "--version") {
        assert!(help.contains(option), "{option}");
    }
    assert!(help.contains("/_sandbox/customers/{customer}") && help.contains("A file of faults"));
}

/// When it is too much for now, that is told by an exit code of its own, with the time to wait.
#[test]
fn too_much_for_now_is_told_by_the_exit_code() {
    let faults = Faults::none().rate(1.0, Fault::Code(130_429));
    let running = Running::of(Sandbox::builder().faults(faults));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hello.rs");
    std::fs::write(&file, r#"<text> to: "+15550100", body: "Hello""#).unwrap();
    let output = running.wa(&["send", file.to_str().unwrap(), "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["outcome"], "throttled");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("hint: nothing was sent; wait at least 1 s"), "{said}");
}
