//! Bad input: each is said clearly, and none ends in a panic.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Command, Output, Stdio},
};

use wa_sandbox::Sandbox;

use crate::{Running, bare};

const BODY: &str =
    r#"{"messaging_product":"whatsapp","to":"{{phone}}","type":"text","text":{"body":"Hello"}}"#;

pub(crate) fn wa(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    let output = command.args(args).envs(bare()).current_dir(folder).stdin(Stdio::null()).output();
    output.unwrap()
}

/// Runs it, and expects this exit code and this in what it says.
pub(crate) fn says(folder: &Path, args: &[&str], code: i32, expected: &str) {
    let output = wa(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(expected), "{args:?} says: {said}");
    assert!(!said.contains("panicked"), "{args:?} says: {said}");
    assert_eq!(output.status.code(), Some(code), "{args:?} says: {said}");
}

#[test]
fn files_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("body.json"), BODY).unwrap();
    fs::write(folder.join("bytes.json"), b"{\"a\": \"\xff\"}").unwrap();
    fs::write(folder.join("bytes.csv"), b"phone\n+15550100\n\xff\n").unwrap();
    fs::write(folder.join("cut.json"), &BODY[..40]).unwrap();
    fs::write(folder.join("cut.jsonl"), "{\"phone\":\"+15550100\"}\n{\"phone\":").unwrap();
    fs::write(folder.join("empty"), "").unwrap();
    fs::write(folder.join("quote.csv"), "phone\n\"+15550100\n+15550101\n").unwrap();
    fs::write(folder.join("other.csv"), "number\n+15550100\n+15550101\n").unwrap();
    // It takes no room on the disk.
    fs::File::create(folder.join("huge")).unwrap().set_len(1 << 30).unwrap();
    fs::create_dir(folder.join("folder")).unwrap();

    says(folder, &["send", "none.json"], 2, "cannot read `none.json`");
    says(folder, &["send", "folder"], 2, "cannot read `folder`");
    says(folder, &["send", "bytes.json"], 2, "`bytes.json` is not UTF-8");
    says(folder, &["send", "cut.json"], 2, "`cut.json` is no single body: EOF while parsing");
    says(folder, &["send", "empty"], 2, "`empty` is empty");
    says(folder, &["send", "huge"], 2, "`huge` is larger than 16 MiB");
    let each = |rows| ["send", "body.json", "--each", rows, "--dry-run"];
    says(folder, &each("none.csv"), 2, "cannot read `none.csv`");
    says(folder, &each("bytes.csv"), 2, "`bytes.csv` is not UTF-8 in line 3");
    says(folder, &each("cut.jsonl"), 2, "line 2, column 9: it is not JSON");
    says(folder, &each("empty"), 2, "there are no rows in `empty`");
    says(folder, &each("huge"), 2, "`huge` is larger than 256 MiB");
    says(folder, &each("quote.csv"), 2, "the quote that line 2 opens is not closed");
    says(folder, &each("-"), 2, "rows that are piped in cannot be gone on with");
    says(folder, &each("other.csv"), 1, "line 2, and 1 more: there is no column `phone`");
    for command in ["events", "verify", "replay"] {
        let more: &[&str] = match command {
            "verify" => &["--signature", "x", "--app-secret-file", "body.json"],
            "replay" => &["--to", "http://127.0.0.1:1", "--app-secret-file", "body.json"],
            _ => &[],
        };
        let args = |file| [&["webhook", command, file], more].concat();
        says(folder, &args("none"), 2, "cannot read `none`");
        says(folder, &args("huge"), 2, "`huge` is larger than 256 MiB");
    }
    says(folder, &["webhook", "events", "empty"], 2, "there is no webhook in `empty`");
    says(folder, &["webhook", "events", "bytes.json"], 1, "1 of 1 are no webhooks");
    says(folder, &["webhook", "events", "body.json"], 1, "webhook 1: it has no `entry`");
    says(folder, &["templates", "diff", "none"], 2, "no definitions to be read in `none`");
    says(folder, &["templates", "check", "cut.json"], 1, "cut.json");
    says(folder, &["templates", "check", "none"], 2, "no definitions to be read in `none`");
    says(folder, &["outbox", "status", "--outbox", "sqlite:none"], 2, "there is no outbox `none`");
    says(folder, &["outbox", "status", "--outbox", "sqlite:body.json"], 2, "no database of SQLite");
    says(folder, &["outbox", "status", "--outbox", "mysql://x"], 2, "begins with `sqlite:`");
    says(folder, &["outbox", "status"], 2, "there is no `outbox`");
    says(
        folder,
        &["trigger", "text", "--to", "ftp://x", "--app-secret-file", "body.json"],
        2,
        "http://",
    );
    says(folder, &["send", "body.json", "--to", "+15550100"], 78, "there is no `token`");
}

/// Files that hold messages as editors keep them, and those that hold none.
#[test]
fn files_of_messages() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let body = BODY.replace("{{phone}}", "+15550100");
    fs::write(folder.join("two.jsonl"), format!("{body}\n{body}\n")).unwrap();
    fs::write(folder.join("page.md"), format!("# A page\n\n```json\n{body}\n```\n")).unwrap();
    fs::write(folder.join("empty.md"), "# A page\n\n```json\n{\"other\": 1}\n```\n").unwrap();
    fs::write(folder.join("one.json"), &body).unwrap();
    for (file, count) in [("two.jsonl", 2), ("page.md", 1), ("one.json", 1)] {
        let output = wa(folder, &["convert", file]);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.matches("wa_message! { <text>").count(), count, "{file}: {printed}");
        assert_eq!(wa(folder, &["preview", file]).status.code(), Some(0), "{file}");
    }
    says(folder, &["convert", "empty.md"], 2, "there is no message in `empty.md`");
    says(folder, &["preview", "empty.md"], 2, "there is no message in `empty.md`");
    says(folder, &["preview", "one.json", "--png", "a.jpg"], 2, "does not end with `.png`");
    says(folder, &["preview", "one.json", "--png", "none/a.png"], 2, "there is no folder");
    fs::write(folder.join("token"), "a-token").unwrap();
    let send = ["send", "one.json", "--token-file", "token", "--phone-number-id", "1"];
    let args = [&send[..], &["--base-url", "localhost:4010"]].concat();
    says(folder, &args, 2, "it comes from the argument --base-url");
    fs::write(folder.join("baseline"), "[]").unwrap();
    let args = ["check", "--baseline", "baseline"];
    says(folder, &args, 2, "`baseline` is no baseline: it is not what `--write-baseline` writes");
}

/// Of a body of nothing but mistakes some are shown, and the others are counted.
#[test]
fn more_mistakes_than_anybody_reads() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut members = String::new();
    for number in 0..100_000 {
        write!(members, "\"m{number}\":1,").unwrap();
    }
    let text =
        BODY.replace("{{phone}}", "+15550100").replace("\"body\"", &format!("{members}\"body\""));
    fs::write(folder.join("body.json"), text).unwrap();
    let check = ["check", "body.json", "--format", "concise"];
    says(folder, &check, 1, "100 errors, and 99900 more that are not shown; 1 body checked");
    says(folder, &["send", "body.json"], 1, "and 99900 more");
}

/// A repository that somebody has cloned names an address, and the token comes from elsewhere.
#[test]
fn a_folder_does_not_say_where_a_token_goes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let body = r#"{"to":"+15550100","text":{"body":"Hello"},"messaging_product":"whatsapp"}"#;
    fs::write(folder.join("body.json"), body).unwrap();
    fs::write(folder.join("token"), "a-token").unwrap();
    let send = ["send", "body.json", "--phone-number-id", "1", "--token-file", "token"];
    let foreign = "the token would go to an address that ";
    fs::write(folder.join("wa.toml"), "base_url = \"https://127.0.0.1:1\"\n").unwrap();
    says(folder, &send, 78, foreign);
    // Whoever names the file, or the address, means it.
    says(folder, &[&send[..], &["--config", "wa.toml"]].concat(), 3, "");
    says(folder, &[&send[..], &["--base-url", "https://127.0.0.1:1"]].concat(), 3, "");
    fs::write(folder.join("wa.toml"), "base_url = \"http://127.0.0.1:1\"\n").unwrap();
    says(folder, &send, 3, "");
}

/// What reads Rust goes as deep into itself as what it reads.
#[test]
fn macros_without_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let invocation =
        |value: &str| format!("wa_message! {{ <text> to: \"+15550100\", body: {value} }}");
    let texts = [
        (
            format!("{}{}", "(".repeat(100_000), ")".repeat(100_000)),
            "more than 128 brackets stand inside of each other",
        ),
        (
            invocation(&format!("{}1{}", "[".repeat(3_000), "]".repeat(3_000))),
            "more than 128 brackets stand inside of each other",
        ),
        (
            invocation(&format!("{}1", "!".repeat(100_000))),
            "an expression has more than 256 tokens",
        ),
        (
            invocation(&format!("1{}", " + 1".repeat(100_000))),
            "an expression has more than 256 tokens",
        ),
        (
            invocation(&format!("x{}", ".y".repeat(100_000))),
            "an expression has more than 256 tokens",
        ),
    ];
    for (text, expected) in texts {
        fs::write(folder.join("order.rs"), text).unwrap();
        for args in
            [&["convert", "order.rs"] as &[_], &["preview", "order.rs"], &["send", "order.rs"]]
        {
            let output = wa(folder, args);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains(expected), "{args:?} says: {said}");
            assert!(matches!(output.status.code(), Some(1 | 2)), "{args:?}: {}", output.status);
        }
    }
    // The longest that is taken does not overflow either.
    for value in [
        "!".repeat(240) + "x",
        "x".to_owned() + &".y".repeat(120),
        "1".to_owned() + &"+1".repeat(120),
    ] {
        fs::write(folder.join("order.rs"), invocation(&value)).unwrap();
        assert_eq!(wa(folder, &["convert", "order.rs"]).status.code(), Some(0));
    }
}

/// Settings that are none, secrets that have no end, and programs that print no secret.
#[test]
fn settings_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let config = |text: &str, expected: &str| {
        fs::write(folder.join("wa.toml"), text).unwrap();
        says(folder, &["config", "--config", "wa.toml"], 2, expected);
    };
    config("tokn_file = \"x\"", "did you mean `token_file`?");
    config("[chek]", "did you mean `check`?");
    config("a = [1,\n  b", "in line 2, column 4: unclosed array");
    config("phone_number_id = 15550101", "expected a string, in `phone_number_id`");
    config("token = \"EAAsecret\"", "holds a `token`");
    // The line is not shown.
    fs::write(folder.join("wa.toml"), "token = EAAsecret").unwrap();
    let output = wa(folder, &["config", "--config", "wa.toml"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("in line 1, column 9") && !said.contains("EAAsecret"), "{said}");
    if cfg!(unix) {
        fs::write(folder.join("body.json"), BODY.replace("{{phone}}", "+15550100")).unwrap();
        let command = |command: &str, expected: &str| {
            fs::write(folder.join("wa.toml"), format!("token_command = [{command}]")).unwrap();
            says(folder, &["send", "body.json", "--config", "wa.toml"], 2, expected);
        };
        command("\"yes\"", "what `yes` prints is no secret: it is larger than 64 KiB");
        command("\"false\"", "`false` has failed: exit status: 1");
        command("\"none-such\"", "cannot run `none-such`");
        command("", "has no name");
        let args = ["send", "body.json", "--token-file", "/dev/zero"];
        says(folder, &args, 2, "cannot read `/dev/zero`: it is larger than 64 KiB");
    }
}

/// A folder of definitions that is empty is none, unless somebody has named it.
#[test]
fn a_folder_without_definitions() {
    let running = Running::of(Sandbox::builder());
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| running.wa(args).current_dir(folder.path()).output().unwrap();
    let output = run(&["templates", "pull"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "The account has no templates.\n");
    assert!(!folder.path().join("whatsapp-templates").exists());
    fs::create_dir(folder.path().join("whatsapp-templates")).unwrap();
    fs::write(folder.path().join("body.json"), BODY).unwrap();
    fs::write(folder.path().join("rows.csv"), "phone\n+15550100\n").unwrap();
    for args in [&["check"] as &[_], &["send", "body.json", "--each", "rows.csv"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let output = run(&["check", "--templates", "whatsapp-templates"]);
    assert_eq!(output.status.code(), Some(2));
    // One that is faulty is told of. The message goes to the API all the same, which knows its templates.
    fs::write(folder.path().join("whatsapp-templates/x.json"), "[1]").unwrap();
    let output = run(&["send", "body.json", "--to", "+15550100"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("warning: the definitions of templates cannot be read"), "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
}

/// A folder in which nothing can be written: nothing is sent, because nothing could be kept.
#[test]
fn a_place_that_cannot_be_written() {
    let running = Running::of(Sandbox::builder());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("body.json"), BODY).unwrap();
    fs::write(folder.path().join("rows.csv"), "phone\n+15550100\n").unwrap();
    // Whoever may write anywhere may not write below a file.
    let args = ["send", "body.json", "--each", "rows.csv", "--outbox", "sqlite:body.json/outbox"];
    let output = running.wa(&args).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the outbox cannot be used"), "{said}");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(running.sandbox.received().is_empty());
}

/// `wa .. | head -1`: when nobody reads any more, that is no error.
#[test]
fn a_pipe_that_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = String::from("phone\n");
    for row in 0..20_000 {
        writeln!(rows, "+1555010{row:05}").unwrap();
    }
    fs::write(folder.path().join("body.json"), BODY).unwrap();
    fs::write(folder.path().join("rows.csv"), rows).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command.args(["send", "body.json", "--each", "rows.csv", "--dry-run"]).envs(bare());
    let command = command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("+155501000000"), "{line}");
    drop(out);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert_eq!(said, "");
}

/// Nor does it put right what is wrong.
#[test]
fn a_pipe_that_is_closed_hides_no_violations() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = BODY.replace("\"body\"", "\"bdy\"").replace('\n', " ");
    assert_ne!(faulty, BODY);
    fs::write(folder.path().join("many.jsonl"), format!("{faulty}\n").repeat(5_000)).unwrap();
    for format in ["full", "concise", "json", "github"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
        command.args(["check", "--format", format, "many.jsonl"]).envs(bare());
        let command = command.current_dir(folder.path()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
