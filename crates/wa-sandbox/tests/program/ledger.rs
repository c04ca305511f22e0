//! The file of the ledger, through kills and on full disks.

use std::{fs, io::Write as _, process::Command};

use wa_message::Error;
use wa_sandbox::{Fault, Ledger, Sandbox};

use crate::{
    common,
    running::{Running, file, message},
};

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
