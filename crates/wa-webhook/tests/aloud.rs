//! The words of a bot that has a wrong secret, where its author has asked for nothing.
#![allow(clippy::unwrap_used, missing_docs)]

use std::process::Command;

use wa_message::webhook::{MemorySeen, Verifier, VerifyToken, service};

/// Says to the process in which way it is the bot.
const BOT: &str = "WA_WEBHOOK_TEST_BOT";

/// The bot, in a process of its own. As a test of its own it does nothing.
#[test]
fn bot() {
    let Ok(how) = std::env::var(BOT) else { return };
    let secret = Verifier::new(["the-secret-of-the-bot"]).unwrap();
    let token = VerifyToken::new("a-verify-token").unwrap();
    let mut webhooks = service(secret, token).seen(MemorySeen::new());
    if how == "quiet" {
        webhooks = webhooks.quiet();
    } else if how == "report" {
        webhooks = webhooks.report(|_| {});
    }
    let webhooks = webhooks.on_message(|_, _| async {}).build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let other = Verifier::new(["another-secret"]).unwrap();
    for _ in 0..3 {
        let request = axum::http::Request::post("/")
            .header(wa_message::webhook::SIGNATURE_HEADER, other.sign(b"{}"))
            .body(axum::body::Body::from("{}"))
            .unwrap();
        assert_eq!(runtime.block_on(webhooks.answer(request)).status().as_u16(), 401);
    }
}

fn said(how: &str) -> String {
    let bot = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "bot"])
        .env(BOT, how)
        .output()
        .unwrap();
    assert!(bot.status.success());
    String::from_utf8(bot.stderr).unwrap()
}

#[test]
fn a_wrong_secret_is_said_once() {
    let said = said("as it is");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.starts_with("wa_message: refused a request: the signature does not fit"),
        "{said}"
    );
    assert!(!said.contains("secret-of"), "{said}");
}

#[test]
fn who_is_told_or_wants_nothing_hears_nothing() {
    for how in ["quiet", "report"] {
        assert_eq!(said(how), "", "{how}");
    }
}
