//! The token is in nothing that a program can show, wherever a server puts it.
#![allow(clippy::unwrap_used)]

mod common;
mod shown;

use std::sync::{Arc, Mutex};

use common::{answering, text};
use proptest::{prelude::*, test_runner::TestCaseError};
use wa_message::{Client, Error, client::Backoff};

use shown::{Log, everything_of};

/// So many characters of the token say something of it.
const SHORTEST: usize = 8;

/// What stands for the token in an answer.
const PLACE: &str = "@@";

/// JSON bodies, and what is none.
const BODIES: &[&str] = &[
    r#"{"messages":[{"id":"@@"}]}"#,
    r#"{"messages":[{"id":"wamid.A","message_status":"@@","group_id":"x@@"}]}"#,
    r#"{"contacts":[{"input":"@@","wa_id":"1@@","user_id":"@@"}],"messages":[{"id":"wamid.A"}]}"#,
    r#"{"messaging_product":"@@","messages":[{"id":"a\n@@"}]}"#,
    r#"{"@@":"@@","messages":[{"id":"wamid.A"}]}"#,
    r#"{"messages":[{"id":7,"@@":"@@"}]}"#,
    r#"{"messages":"@@"}"#,
    r#"{"messages":[{"id":@@}]}"#,
    r#"{"messages":[{"@@":"wamid.A"}]}"#,
    r#"{"success":"@@"}"#,
    r#"{"success":false,"@@":1}"#,
    r#"["@@"]"#,
    r#""@@""#,
    "@@",
    "7@@",
    "<html>Bearer @@</html>",
    r#"{"error":{"code":190,"message":"Malformed access token @@"}}"#,
    r#"{"error":{"code":190,"message":"(#190) @@","type":"@@","fbtrace_id":"@@"}}"#,
    r#"{"error":{"code":80007,"error_user_title":"@@","error_user_msg":"- @@ -"}}"#,
    r#"{"error":{"code":131009,"error_data":"@@"}}"#,
    r#"{"error":{"code":131009,"error_data":{"details":"@@"}}}"#,
    r#"{"error":{"code":131009,"error_data":{"@@":{"a@@b":["@@",{"@@":@@}]}}}}"#,
    r#"{"error":{"code":131009,"error_data":{"@@":1,"c":{"@@@@":null}}}}"#,
    r#"{"error":{"code":"@@"}}"#,
    r#"{"error":{"code":@@}}"#,
    r#"{"error":{"code":190@@}}"#,
    r#"{"error":{"code":190,"error_subcode":@@,"is_transient":"@@"}}"#,
    r#"{"error":{"code":190,"error_subcode":@@}}"#,
    r#"{"error":"@@"}"#,
    r#"{"error":{"code":190,"message":"@@"#,
];

/// What else can be between the status and the body.
const HEADERS: &[&str] = &[
    "",
    "x-fb-trace-id: @@\r\n",
    "x-fb-trace-id: a @@ b\r\n",
    "x-business-use-case-usage: {\"@@\":[{\"estimated_time_to_regain_access\":@@}]}\r\n",
    "x-@@: @@\r\n",
    "location: https://example.com/@@?@@\r\n",
    "content-type: @@\r\n",
    "set-cookie: @@\r\n",
    "transfer-encoding: @@\r\n",
    "@@\r\n",
];

const STATUSES: &[&str] =
    &["200 OK", "200 @@", "204 @@", "302 Found", "400 Bad @@", "429 @@", "500 @@", "@@"];

/// How a body ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Whole,
    /// Less came than was announced.
    Cut,
    /// The text lies over the end of what is kept.
    Long(usize),
    /// A chunk that is none.
    Chunk,
    /// Bytes that are no text.
    NoText,
}

#[derive(Debug, Clone)]
struct Case {
    token: String,
    /// What of the token stands in the answer.
    piece: String,
    /// How its characters are escaped.
    escapes: Vec<u8>,
    status: &'static str,
    header: &'static str,
    body: &'static str,
    end: End,
}

impl Case {
    /// The piece as it is written in JSON.
    fn written(&self) -> String {
        let escapes = self.escapes.iter().cycle();
        let written = self.piece.chars().zip(escapes).map(|(character, escape)| match escape {
            0 => format!("\\u{:04x}", u32::from(character)),
            1 => format!("\\u{:04X}", u32::from(character)),
            2 => format!("\\\\u{:04x}", u32::from(character)),
            3 if character == '/' => r"\/".to_owned(),
            4 if character == '/' => r"\\\/".to_owned(),
            _ => character.to_string(),
        });
        written.collect()
    }

    fn answer(&self) -> Vec<u8> {
        let status = self.status.replace(PLACE, &self.piece);
        let header = self.header.replace(PLACE, &self.piece);
        let mut body = self.body.replace(PLACE, &self.written()).into_bytes();
        let mut length = body.len();
        match self.end {
            End::Whole | End::Chunk => {}
            End::Cut => length += 10,
            End::Long(before) => {
                body.splice(0..0, vec![b' '; (8 * 1024_usize).saturating_sub(before)]);
                length = body.len();
            }
            End::NoText => {
                body.splice(0..0, *b"\xff\xc3");
                body.extend_from_slice(b"\xf0\x9f");
                length = body.len();
            }
        }
        let framing = match self.end {
            End::Chunk => format!("transfer-encoding: chunked\r\n\r\n{}\r\n", self.piece),
            _ => format!("content-length: {length}\r\n\r\n"),
        };
        let mut answer = format!("HTTP/1.1 {status}\r\n{header}{framing}").into_bytes();
        answer.extend_from_slice(&body);
        answer
    }
}

fn any_case() -> impl Strategy<Value = Case> {
    let token = prop_oneof![
        4 => "[A-Za-z0-9]{8,60}",
        1 => "[A-Za-z0-9/+=_.~-]{8,60}",
        1 => "[1-9][0-9]{7,17}",
    ];
    let end = prop_oneof![
        4 => Just(End::Whole),
        1 => Just(End::Cut),
        1 => (0..200_usize).prop_map(End::Long),
        1 => Just(End::Chunk),
        1 => Just(End::NoText),
    ];
    let rest = (
        prop::collection::vec(0..12_u8, 1..6),
        prop::sample::select(STATUSES),
        prop::sample::select(HEADERS),
        prop::sample::select(BODIES),
        end,
    );
    let piece = token.prop_flat_map(|token| {
        let length = token.len();
        (Just(token), 0..=length - SHORTEST, SHORTEST..=length)
    });
    (piece, rest).prop_map(|((token, start, length), (escapes, status, header, body, end))| {
        let end_of_piece = (start + length).min(token.len());
        let piece = token[start..end_of_piece].to_owned();
        Case { token, piece, escapes, status, header, body, end }
    })
}

/// Sends a message and a receipt to a server that answers so, and gives all that can be seen afterwards.
fn shown_after(case: &Case) -> String {
    let log = Arc::new(Mutex::new(String::new()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let recorder = Log(Arc::clone(&log));
    let _metrics = metrics::set_default_local_recorder(&recorder);
    let _tracing = tracing::subscriber::set_default(Log(Arc::clone(&log)));
    runtime.block_on(async {
        let (address, server) = answering(case.answer()).await;
        let client = Client::builder(&case.token, "1")
            .base_url(format!("http://{address}"))
            .retry(Backoff::never())
            .build()
            .unwrap();
        let result = client.send(&text()).await;
        server.await.unwrap();
        let sent = match &result {
            Ok(sent) => format!("{sent:?} {sent:#?} {} {:?}", sent.id(), sent.answer()),
            Err(error) => everything_of(error),
        };
        let (address, server) = answering(case.answer()).await;
        let receipt = Client::builder(&case.token, "1")
            .base_url(format!("http://{address}"))
            .retry(Backoff::never())
            .build()
            .unwrap()
            .mark_read(&common::receipt())
            .await;
        server.await.unwrap();
        let marked = receipt.as_ref().err().map(everything_of).unwrap_or_default();
        let logged = log.lock().unwrap().clone();
        format!("{sent}\n{marked}\n{client:?}\n{logged}")
    })
}

/// A text with all escapes of JSON read, however often they were escaped again.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('\\');
        let code = rest.strip_prefix('u').and_then(|rest| rest.get(..4));
        if let Some(character) =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
        {
            plain.push(character);
            rest = &rest[5..];
        }
    }
    plain + rest
}

fn is_shown_nowhere(case: &Case) -> Result<(), TestCaseError> {
    let shown = shown_after(case);
    let plain = unescaped(&shown);
    for piece in case.piece.as_bytes().windows(SHORTEST) {
        let piece = str::from_utf8(piece).unwrap();
        prop_assert!(!shown.contains(piece) && !plain.contains(piece), "{piece} in {shown}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_token_is_shown_nowhere(case in any_case()) {
        is_shown_nowhere(&case)?;
    }
}

/// Each body with each status, once: what chance might leave out.
#[test]
fn the_token_is_shown_nowhere_in_any_body() {
    for body in BODIES {
        for status in ["200 OK", "400 @@"] {
            for escapes in [vec![9], vec![0, 9, 9, 3]] {
                let token = "EAAGm0PX4ZCpsBAO/123456789x".to_owned();
                let piece = token.clone();
                let case =
                    Case { token, piece, escapes, status, header: "", body, end: End::Whole };
                is_shown_nowhere(&case).unwrap();
            }
        }
    }
}

/// What stays is what the caller needs: an accepted message is one, whatever else the answer says.
#[test]
fn an_answer_that_quotes_the_token_says_what_it_said() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = |status: &str, body: &str| {
        runtime.block_on(async {
            let (address, _server) = answering(common::answer(status, body)).await;
            let client = Client::builder("EAAG-messages-contacts", "1")
                .base_url(format!("http://{address}"))
                .retry(Backoff::never())
                .build()
                .unwrap();
            client.send(&text()).await
        })
    };
    // Names of the API may be pieces of a token that somebody made up.
    let body = r#"{"contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.A\/B"}],"x":"EAAG-messages"}"#;
    assert_eq!(outcome("200 OK", body).unwrap().id(), "wamid.A/B");
    let body = r#"{"error":{"code":190,"message":"Malformed EAAG-messages-contacts","error_data":{"details":"no"}}}"#;
    let Error::Refused(refusal) = outcome("400 Bad", body).unwrap_err() else { unreachable!() };
    assert_eq!((refusal.code(), refusal.details()), (190, Some("no")));
    assert_eq!(refusal.message(), Some("Malformed [token]"));
}
