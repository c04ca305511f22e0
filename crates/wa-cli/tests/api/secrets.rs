//! Secrets are shown nowhere, whatever a server answers.

use std::{fs, process::Output};

use wa_sandbox::{Fault, Faults, Sandbox};

use crate::Running;

const TOKEN: &str = "EAAJZCsecretsecretsecret";

fn hides(output: &Output) {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    let all = String::from_utf8_lossy(&all);
    assert!(!all.contains(TOKEN) && !all.contains("an-app-secret"), "{all}");
}

#[test]
fn a_token_in_an_answer_is_not_shown() {
    let error = format!(
        r#"{{"error":{{"message":"(#100) {TOKEN}","code":100,"fbtrace_id":"{TOKEN}","error_data":{{"details":"{TOKEN}"}}}}}}"#
    );
    let answers = [
        (400, error),
        (200, format!(r#"{{"messages":"{TOKEN}"}}"#)),
        (502, format!("<h1>{TOKEN}</h1>")),
    ];
    let folder = tempfile::tempdir().unwrap();
    let body = r#"{"messaging_product":"whatsapp","to":"+15550100","type":"text","text":{"body":"Hello"}}"#;
    fs::write(folder.path().join("body.json"), body).unwrap();
    fs::write(folder.path().join("rows.csv"), "row\n1\n").unwrap();
    for (status, body) in answers {
        let answer = Fault::Answer { status, body, accepted: false };
        let running =
            Running::of(Sandbox::builder().token(TOKEN).faults(Faults::none().rate(1.0, answer)));
        for args in [
            &["send", "body.json"] as &[_],
            &["send", "body.json", "--json"],
            &["send", "body.json", "--each", "rows.csv", "--outbox", &format!("sqlite:{status}")],
            &["outbox", "list", "--json", "--outbox", &format!("sqlite:{status}")],
            &["outbox", "show", "row-x", "--outbox", &format!("sqlite:{status}")],
            &["templates", "list"],
            &["templates", "pull"],
            &["media", "get", "1"],
            &["config", "--json"],
        ] {
            let output = running.wa(args).current_dir(folder.path()).output().unwrap();
            hides(&output);
        }
    }
}

#[test]
fn a_secret_is_never_an_argument() {
    let running = Running::of(Sandbox::builder());
    for args in [
        ["send", "body.json", "--token", TOKEN],
        ["trigger", "text", "--app-secret", TOKEN],
        ["media", "delete", "--token", TOKEN],
    ] {
        assert_eq!(running.wa(&args).output().unwrap().status.code(), Some(2));
    }
}

#[test]
fn the_password_of_a_database_is_not_shown() {
    let running = Running::of(Sandbox::builder());
    let url = "postgres://robin:geheim@127.0.0.1:1/outbox";
    for args in [&["config"] as &[_], &["config", "--json"], &["outbox", "status"]] {
        let output = running.wa(args).env("WA_OUTBOX", url).output().unwrap();
        let all = [&output.stdout[..], &output.stderr[..]].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(!all.contains("geheim"), "{all}");
    }
    let output = running.wa(&["config"]).env("WA_OUTBOX", url).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("postgres://robin:(secret)@127.0.0.1:1/outbox"), "{printed}");
}

/// Whoever looks into the settings of a repository of somebody else runs nothing of it.
#[test]
fn settings_are_shown_without_running_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "token_command = [\"sh\", \"-c\", \"touch ran; echo \\u202ea\"]\n";
    std::fs::write(folder.path().join("wa.toml"), settings).unwrap();
    let output = crate::bad_input::wa(folder.path(), &["config"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("the program `sh -c 'touch ran; echo \\u{202e}a'` by "), "{printed}");
    assert!(!folder.path().join("ran").exists());
}
