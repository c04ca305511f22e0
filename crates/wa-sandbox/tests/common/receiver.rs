//! A receiver of webhooks: the service of the library behind a small server.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinHandle};
use wa_message::webhook::{
    Event, Item, SignatureError, Verifier, VerifyToken, WebhookService, What, parse, service,
    types::{DeliveryStatus, IncomingMessage, MessageContent, StatusUpdate},
};

pub(crate) const SECRET: &str = "an-app-secret";

/// What came, and how to make trouble.
#[derive(Default)]
pub(crate) struct Log {
    events: Mutex<Vec<Event<'static>>>,
    /// How many of the next requests fail.
    fails: AtomicUsize,
    /// How many requests came, whole or not.
    pub(crate) requests: AtomicUsize,
    /// How many of them were refused.
    pub(crate) refused: AtomicUsize,
}

pub(crate) struct Receiver {
    pub(crate) url: String,
    pub(crate) log: Arc<Log>,
    server: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let log = Arc::new(Log::default());
        let of_events = Arc::clone(&log);
        let webhooks =
            service(Verifier::new([SECRET]).unwrap(), VerifyToken::new("a-verify-token").unwrap())
                .on_event(move |event| {
                    of_events.events.lock().unwrap().push(event);
                    async {}
                })
                .report({
                    let log = Arc::clone(&log);
                    move |_| _ = log.refused.fetch_add(1, Ordering::SeqCst)
                })
                .build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let server = tokio::spawn(serve(listener, webhooks, Arc::clone(&log)));
        Self { url, log, server }
    }

    pub(crate) fn fail(&self, requests: usize) {
        self.log.fails.store(requests, Ordering::SeqCst);
    }

    pub(crate) fn events(&self) -> Vec<Event<'static>> {
        self.log.events.lock().unwrap().clone()
    }

    pub(crate) fn messages(&self) -> Vec<IncomingMessage<'static>> {
        let messages = self.events().into_iter().filter_map(|event| match event.what {
            What::Message(message) => Some(message),
            _ => None,
        });
        messages.collect()
    }

    pub(crate) fn statuses(&self) -> Vec<StatusUpdate<'static>> {
        let statuses = self.events().into_iter().filter_map(|event| match event.what {
            What::Status(status) => Some(status),
            _ => None,
        });
        statuses.collect()
    }

    /// The words of the statuses of a message, sorted.
    pub(crate) fn words(&self, id: &str) -> Vec<DeliveryStatus> {
        let mut words: Vec<_> = self
            .statuses()
            .into_iter()
            .filter(|status| status.id == id)
            .map(|status| status.status)
            .collect();
        words.sort_by_key(DeliveryStatus::rank);
        words
    }

    /// The texts that came, in their order.
    pub(crate) fn texts(&self) -> Vec<String> {
        let messages = self.messages().into_iter();
        let texts = messages.map(|message| match message.content {
            Item::Known(MessageContent::Text(text)) => text.body.into_owned(),
            content => panic!("{content:?}"),
        });
        texts.collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, webhooks: WebhookService, log: Arc<Log>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (webhooks, log) = (webhooks.clone(), Arc::clone(&log));
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let (webhooks, log) = (webhooks.clone(), Arc::clone(&log));
                async move {
                    log.requests.fetch_add(1, Ordering::SeqCst);
                    let less = |left: usize| left.checked_sub(1);
                    if log.fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok() {
                        let mut answer = hyper::Response::default();
                        *answer.status_mut() = hyper::StatusCode::SERVICE_UNAVAILABLE;
                        return Ok(answer);
                    }
                    Ok::<_, Infallible>(webhooks.answer(request).await)
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// Each delivery is ASCII, signed as the receiver checks it, and read without anything unknown.
pub(crate) fn check_bodies(sandbox: &wa_sandbox::Sandbox) {
    let verifier = Verifier::new([SECRET]).unwrap();
    for delivery in sandbox.deliveries() {
        let body = delivery.body();
        assert!(body.is_ascii() && !body.contains(&b'@'));
        let signature = verifier.sign(body);
        assert_eq!(verifier.verify(Some(signature.as_bytes()), body), Ok(()));
        assert_eq!(verifier.verify(None, body), Err(SignatureError::Missing));
        let events: Vec<_> = parse(body).unwrap().events().collect();
        assert_eq!(events.len(), delivery.updates());
        for event in events {
            assert!(
                !matches!(event.what, What::Unknown { .. } | What::Invalid { .. }),
                "{event:?}"
            );
        }
    }
}
