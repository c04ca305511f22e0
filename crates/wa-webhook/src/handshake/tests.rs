//! Queries that are answered, and queries that are refused.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{HandshakeError::*, *};

const TOKEN: &str = "a token + 100%";

fn answer(query: &str) -> Result<String, HandshakeError> {
    VerifyToken::new(TOKEN).unwrap().answer(query).map(Challenge::into_string)
}

#[test]
fn the_challenge_is_told_back_as_it_came() {
    for (written, challenge) in [
        ("1158201444", "1158201444"),
        ("0007", "0007"),
        ("a%20b+c", "a b c"),
        ("%3Cscript%3E", "<script>"),
        ("%C3%A4%F0%9F%98%80", "\u{e4}\u{1f600}"),
    ] {
        for query in [
            format!(
                "hub.mode=subscribe&hub.challenge={written}&hub.verify_token=a+token+%2B+100%25"
            ),
            format!(
                "hub.verify_token=a%20token%20%2b%20100%25&hub.challenge={written}&hub.mode=subscribe"
            ),
            format!(
                "x=1&&hub%2Emode=subscribe&hub.verify_token=a+token+%2B+100%&hub.challenge={written}&y"
            ),
        ] {
            assert_eq!(answer(&query).as_deref(), Ok(challenge), "{query}");
        }
    }
}

#[test]
fn another_query_is_refused() {
    let token = "hub.verify_token=a+token+%2B+100%25";
    for (query, error) in [
        (String::new(), NotAHandshake),
        ("hub.mode".into(), NotAHandshake),
        (format!("hub.mode=unsubscribe&hub.challenge=1&{token}"), NotAHandshake),
        (format!("hub.challenge=1&{token}"), NotAHandshake),
        (format!("hub_mode=subscribe&hub_challenge=1&{token}"), NotAHandshake),
        ("hub.mode=subscribe&hub.challenge=1".into(), WrongToken),
        ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=".into(), WrongToken),
        ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=a+token+%2B+100".into(), WrongToken),
        (
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=A+token+%2B+100%25".into(),
            WrongToken,
        ),
        (format!("hub.mode=subscribe&hub.challenge=1&{token}%00"), WrongToken),
        // The first one counts.
        (format!("hub.mode=subscribe&hub.challenge=1&hub.verify_token=x&{token}"), WrongToken),
        (format!("hub.mode=subscribe&{token}"), NoChallenge),
        (format!("hub.mode=subscribe&hub.challenge=&{token}"), NoChallenge),
    ] {
        assert_eq!(answer(&query), Err(error), "{query}");
    }
}

#[test]
fn blank_tokens_are_refused() {
    for blank in ["", " ", "\n"] {
        assert_eq!(VerifyToken::new(blank).unwrap_err(), SecretError::Blank);
    }
}

#[test]
fn nothing_shows_the_token() {
    let token = VerifyToken::new(TOKEN).unwrap();
    let error = token.answer("hub.mode=subscribe&hub.verify_token=x").unwrap_err();
    let shown = format!("{token:?} {error:?} {error}");
    assert!(!shown.contains("100"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_judged(query in "(hub\\.(mode|verify_token|challenge)|[&=%+a-f0-9]|subscribe|\\PC){0,20}") {
        prop_assert!(answer(&query).is_err());
    }
}
