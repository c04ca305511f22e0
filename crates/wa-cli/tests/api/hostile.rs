//! Names and texts of somebody who means harm: none commands the terminal, or says something in our name.

use std::{
    fs::{self, OpenOptions},
    os::unix::ffi::OsStrExt as _,
    process::{Command, Stdio},
};

use crate::bare;

const EMPTY: &str =
    r#"{"messaging_product":"whatsapp","to":"+15550100","type":"text","text":{"body":""}}"#;
const NAME: &str = "a\u{1b}[31m\u{9b}2J\u{202e}\n::error::x.json";

#[test]
fn names_of_files_are_shown_without_what_they_command() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(NAME), EMPTY).unwrap();
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.json")), EMPTY).unwrap();
    let missing = "b\u{1b}[31m\nerror: c.json";
    let commands: [&[&str]; 8] = [
        &["check"],
        &["check", "--format", "concise"],
        &["check", "--format", "github"],
        &["check", missing],
        &["send", missing],
        &["send", NAME],
        &["send", NAME, "--each", missing],
        &["webhook", "events", missing],
    ];
    for args in commands {
        // Colours are asked for, so that nothing is stripped on the way.
        let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
        command.args(args).envs(bare()).env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
        let output = command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap());
        let said = said.concat();
        assert!(said.contains("\\u{1b}[31m"), "{args:?} says: {said}");
        for line in said.lines() {
            assert!(!line.starts_with("::error::"), "{args:?} says: {line:?}");
            assert!(!line.starts_with("error: c"), "{args:?} says: {line:?}");
            assert!(!line.contains(['\u{9b}', '\u{202e}']), "{args:?} says: {line:?}");
        }
        assert!(!said.contains("a\u{1b}") && !said.contains("b\u{1b}"), "{args:?} says: {said:?}");
    }
}

/// Whoever has thrown away what is said wants the work done all the same.
#[test]
fn nobody_listens() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty.json"), EMPTY).unwrap();
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    for (args, code) in
        [(["check", "empty.json"], 1), (["check", "none.json"], 2), (["explain", "x"], 2)]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
        command.args(args).envs(bare()).current_dir(folder.path()).stderr(full());
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
    // What cannot be written is an error.
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    let output = command.args(["explain", "131047"]).envs(bare()).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write: "));
}
