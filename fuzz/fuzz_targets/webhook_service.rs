//! Any request to the service: it is answered as its table says, whatever is in it, and what came twice is handled once.
#![no_main]

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use http::Request;
use http_body_util::Full;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use wa_message::webhook::{
    MemorySeen, Outcomes, SIGNATURE_HEADER, Verifier, VerifyToken, WebhookService, parse, service,
};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().unwrap());

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| Verifier::new(["a-secret"]).unwrap());

/// A service, and how many events without and with a key it has handled.
fn webhooks() -> (WebhookService, Arc<[AtomicUsize; 2]>) {
    let handled: Arc<[AtomicUsize; 2]> = Arc::default();
    let of_handler = Arc::clone(&handled);
    let outcomes = Outcomes::new(|outcome| assert!(!outcome.to_string().is_empty()));
    let webhooks = service(VERIFIER.clone(), VerifyToken::new("a-token").unwrap())
        .seen(MemorySeen::new())
        .outcomes(Arc::new(outcomes))
        .report(|report| assert_eq!(report.to_string().lines().count(), 1))
        .on_event(move |event| {
            of_handler[usize::from(event.key().is_some())].fetch_add(1, Relaxed);
            async {}
        })
        .within(None)
        .build();
    (webhooks, handled)
}

/// Most texts are bodies that are signed, so that payloads are seeds as they are. No JSON begins with these letters.
fuzz_target!(|data: &[u8]| {
    let (line, rest) =
        data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len()));
    let (request, body) = match line.split_first() {
        Some((b'u', _)) => (Request::post("/"), rest),
        Some((b'h', header)) => (Request::post("/").header(SIGNATURE_HEADER, header), rest),
        Some((b'q', query)) => {
            (Request::get(format!("/?{}", String::from_utf8_lossy(query))), rest)
        }
        _ => (Request::post("/").header(SIGNATURE_HEADER, VERIFIER.sign(data)), data),
    };
    let is_signed = body.len() == data.len();
    let Ok(request) = request.body(body.to_vec()) else { return };
    let (webhooks, handled) = webhooks();
    let post = || {
        let request = request.clone().map(Full::<bytes::Bytes>::from);
        RUNTIME.block_on(webhooks.answer(request)).status().as_u16()
    };
    let status = post();
    if !is_signed {
        // A query may have the right token.
        let expected: &[u16] = if line.starts_with(b"q") { &[200, 403] } else { &[401] };
        assert!(expected.contains(&status), "{status}");
        assert!(handled.iter().all(|count| count.load(Relaxed) == 0));
        return;
    }
    assert_eq!((status, post()), (200, 200));
    let [each_time, once] = [0, 1].map(|place| handled[place].load(Relaxed));
    let events = parse(body).into_iter().flat_map(|webhook| webhook.events());
    let keys: Vec<_> = events.map(|event| event.key()).collect();
    assert_eq!(each_time, 2 * keys.iter().filter(|key| key.is_none()).count());
    let mut keys: Vec<_> = keys.into_iter().flatten().collect();
    keys.sort();
    keys.dedup();
    assert_eq!(once, keys.len());
});
