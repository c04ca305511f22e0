//! Requests that are refused, and some that are not, with the line that stands in the log.

use std::convert::Infallible;

use super::*;

/// A body with a name, a number and a text in it, which no line may show.
fn personal() -> String {
    change(
        "messages",
        &json!({
            "metadata": { "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": "Alex P\u{e9}rez" }, "wa_id": "15550101" }],
            "messages": [{ "id": "wamid.PRIVATE", "from": "15550101", "type": "text",
                "text": { "body": "my diary / @home" } }],
        }),
    )
}

const PERSONAL: [&str; 6] = ["Alex", "15550101", "PRIVATE", "diary", "home", TOKEN];

/// The body as the API writes it.
fn escaped(body: &str) -> String {
    body.replace('\u{e9}', "\\u00e9").replace('/', "\\/").replace('@', "\\u0040")
}

/// Sends requests, and compares the answer and the one line that stands in the log.
async fn check(
    cases: impl IntoIterator<Item = (&'static str, Request<Full<Bytes>>, u16, &'static str)>,
) {
    let (service, reports) = reporting(builder().on_message(|_, _| async {}));
    for (name, request, expected, line) in cases {
        let answer = answer(&service, request).await;
        assert_eq!(answer.status().as_u16(), expected, "{name}");
        assert_eq!(answer.headers().contains_key("allow"), expected == 405, "{name}");
        let lines = reports.take();
        assert_eq!(lines.len(), usize::from(!line.is_empty()), "{name}: {lines:?}");
        let shown = lines.concat();
        assert!(shown.starts_with(line), "{name}: {shown}");
        assert!(!PERSONAL.iter().any(|personal| shown.contains(personal)), "{name}: {shown}");
    }
}

fn post(signature: &str, body: &str) -> Request<Full<Bytes>> {
    request(Method::POST, "/", &[(SIGNATURE_HEADER, signature)], body.to_owned())
}

#[tokio::test]
async fn what_is_not_signed_is_refused() {
    const MISSING: &str = "refused a request: the request has no header `X-Hub-Signature-256`";
    const MALFORMED: &str =
        "refused a request: the signature is not `sha256=` and 64 hexadecimal digits";
    const SEVERAL: &str =
        "refused a request: the request has several headers `X-Hub-Signature-256`";
    const MISMATCH: &str = "refused a request: the signature does not fit";
    let body = escaped(&personal());
    let right = verifier().sign(body.as_bytes());
    let wrong = Verifier::new(["another"]).unwrap().sign(body.as_bytes());
    let older = [("x-hub-signature", "sha1=0123")];
    let value: Value = serde_json::from_str(&body).unwrap();
    let again = value.to_string();
    assert_ne!(again, body);
    let several = |first: &str, second: &str| {
        let headers = [(SIGNATURE_HEADER, first), (SIGNATURE_HEADER, second)];
        request(Method::POST, "/", &headers, body.clone())
    };
    check([
        ("no header", request(Method::POST, "/", &[], body.clone()), 401, MISSING),
        ("older header", request(Method::POST, "/", &older, body.clone()), 401, MISSING),
        ("half a header", post("sha256=0123", &body), 401, MALFORMED),
        ("wrong secret", post(&wrong, &body), 401, MISMATCH),
        ("right and wrong", several(&right, &wrong), 401, SEVERAL),
        ("wrong and right", several(&wrong, &right), 401, SEVERAL),
        ("right and right", several(&right, &right), 401, SEVERAL),
        ("one with a comma", post(&format!("{right}, {right}"), &body), 401, MALFORMED),
        ("truncated", post(&right, &body[..body.len() - 20]), 401, MISMATCH),
        ("written again", post(&right, &again), 401, MISMATCH),
        ("as it is", post(&right, &body), 200, ""),
    ])
    .await;
}

#[tokio::test]
async fn what_is_signed_is_not_sent_again_whatever_it_is() {
    const UNREADABLE: &str = "a signed request cannot be read";
    let body = escaped(&personal());
    let not_utf8 = [b"{\"a\":\"".as_slice(), &[0xff], b"\"}"].concat();
    let list = |list, item: &Value| signed(items(NUMBER, list, &json!([item])));
    check([
        ("not JSON", signed("15550101 diary"), 200, UNREADABLE),
        ("half JSON", signed(&body[..body.len() - 20]), 200, UNREADABLE),
        ("an array", signed(format!("[{body}]")), 200, UNREADABLE),
        ("not UTF-8", signed(not_utf8), 200, UNREADABLE),
        (
            "wrong object",
            signed(body.replace("whatsapp_business_account", "page")),
            200,
            "a request is of an unknown kind: `page`",
        ),
        (
            "unknown field",
            signed(change("tomorrow", &json!({ "name": "Alex" }))),
            200,
            "an event in `tomorrow` is of an unknown kind: `tomorrow`",
        ),
        (
            "unknown list",
            list("diaries", &json!({ "name": "Alex" })),
            200,
            "an event in `messages` is of an unknown kind",
        ),
        (
            "no form",
            list("messages", &json!({ "id": ["diary"], "from": "15550101" })),
            200,
            "an event in `messages` does not have its form: `id`: a text was expected, and there is an array",
        ),
        ("nothing", signed("{}"), 200, ""),
    ])
    .await;
}

#[tokio::test]
async fn what_is_too_long_or_asks_for_something_else_is_refused() {
    let long = format!("{}{}", personal(), " ".repeat(4 << 20));
    let handshake = format!("hub.mode=subscribe&hub.challenge=15550101&hub.verify_token={TOKEN}");
    let get = |query: &str| request(Method::GET, &format!("/?{query}"), &[], "");
    check([
        ("4 MiB", signed(long), 413, "the body of a request is longer than 3145728 bytes"),
        (
            "wrong token",
            get(&handshake.replace(TOKEN, "diary")),
            403,
            "refused a handshake: the query has another `hub.verify_token`",
        ),
        ("no query", get(""), 403, "refused a handshake: the query has no `hub.mode=subscribe`"),
        (
            "no challenge",
            get(&handshake.replace("hub.challenge", "x")),
            403,
            "refused a handshake: the query has no `hub.challenge`",
        ),
        (
            "another method",
            request(Method::PUT, "/", &[], personal()),
            405,
            "refused a request that is neither GET nor POST",
        ),
        ("handshake", get(&handshake), 200, ""),
    ])
    .await;
}

#[tokio::test]
async fn the_challenge_is_the_whole_answer() {
    let service = builder().build();
    let uri = format!("/?hub.mode=subscribe&hub.challenge=%3Cb%3E1&hub.verify_token={TOKEN}");
    let answer = answer(&service, request(Method::GET, &uri, &[], "")).await;
    assert_eq!(answer.status(), 200);
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    let body = http_body_util::BodyExt::collect(answer.into_body()).await.unwrap().to_bytes();
    assert_eq!(body, "<b>1");
}

#[tokio::test]
async fn what_cannot_be_read_can_be_kept() {
    let kept = Notes::default();
    let of_handler = kept.clone();
    let service = builder()
        .on_unreadable(move |body| {
            of_handler.note(body.len());
            async move { if body.starts_with(b"[") { Err("the disk is full") } else { Ok(()) } }
        })
        .build();
    assert_eq!(status(&service, signed("nonsense")).await, 200);
    assert_eq!(status(&service, signed("[]")).await, 500);
    assert_eq!(status(&service, request(Method::POST, "/", &[], "unsigned")).await, 401);
    assert_eq!(kept.take(), ["8", "2"]);
}

/// A service is a service of tower, for bodies of any kind.
#[tokio::test]
async fn it_is_called_as_a_service() {
    use tower_service::Service;

    let mut service = builder().build();
    let ready = std::future::poll_fn(|context| {
        Service::<Request<Full<Bytes>>>::poll_ready(&mut service, context)
    });
    ready.await.unwrap();
    let answer: Result<_, Infallible> = service.call(signed("{}")).await;
    assert_eq!(answer.unwrap().status(), 200);
}
