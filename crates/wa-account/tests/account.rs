//! The account of a few messages. CONTRIBUTING.md says how to run it for many.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::Command;

/// What it prints, if the account holds.
fn account(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_account")).args(args).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}:\n{printed}\n{errors}");
    printed
}

fn count(table: &str, what: &str) -> u64 {
    let line = table.lines().find(|line| line.trim_start().starts_with(what));
    let line = line.unwrap_or_else(|| panic!("no `{what}` in\n{table}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn two_thousand_messages_are_accounted_for() {
    let table = account(&["--messages", "2000"]);
    for fault in [
        "accepted: HTTP 504 without JSON",
        "accepted: answer after 50ms",
        "accepted: answer cut",
        "accepted: connection reset",
        "accepted: no answer",
        "not accepted: HTTP 502 without JSON",
        "not accepted: code 130429",
        "not accepted: code 131000",
        "not accepted: code 131016",
        "not accepted: code 131056",
        "not accepted: connection reset",
        "not accepted: no answer",
    ] {
        assert!(count(&table, fault) > 0, "{table}");
    }
    assert_eq!(count(&table, "the sender had messages"), 2000);
    assert!(count(&table, "sent ") > 1500, "{table}");
    assert!(count(&table, "in doubt ") > 0, "{table}");
    assert!(table.ends_with("the account holds\n"), "{table}");
}

#[test]
fn a_killed_sandbox_is_accounted_for() {
    let rounds = account(&["--messages", "400", "--kill", "--rounds", "3"]);
    assert_eq!(rounds.matches("never back").count(), 1, "{rounds}");
    assert_eq!(rounds.matches("the account holds").count(), 3, "{rounds}");
}

#[test]
fn a_cancelled_sending_is_accounted_for() {
    let rounds = account(&["--messages", "400", "--cancel", "--rounds", "4"]);
    for verb in [", dropped ", ", aborted "] {
        assert_eq!(rounds.matches(verb).count(), 2, "{rounds}");
    }
    assert_eq!(rounds.matches("the account holds").count(), 4, "{rounds}");
}

#[test]
fn mistakes_of_the_caller_are_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_account")).arg("--mesages").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--mesages"));
}

/// What is in doubt in the end was never accepted, and all of that is.
#[test]
fn webhooks_settle_the_doubts() {
    let table = account(&["--messages", "2000", "--webhooks"]);
    let of_these: u64 = table
        .lines()
        .filter(|line| line.contains("of these, the sandbox has accepted"))
        .map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap())
        .sum();
    let doubts = count(&table, "in doubt  ") + count(&table, "in doubt: the answer");
    assert!(of_these > 0, "{table}");
    assert_eq!(count(&table, "in doubt when all webhooks had come"), doubts - of_these, "{table}");
    assert!(table.ends_with("the account holds\n"), "{table}");
}

#[test]
fn webhooks_settle_what_was_cancelled() {
    let rounds = account(&["--messages", "400", "--cancel", "--webhooks", "--rounds", "4"]);
    assert_eq!(rounds.matches("the account holds").count(), 4, "{rounds}");
}
