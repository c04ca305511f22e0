//! Many messages at once: order, room, coming to an end early, and the account.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::{
    cell::Cell,
    collections::BTreeSet,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{FutureExt, StreamExt, stream};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
};
use wa_message::{
    Client, Error, Message,
    client::{Attempt, Backoff, Decision, RecipientRate},
};
use wa_sandbox::{Fault, Sandbox};

use common::{answer, client_at, client_of, read_request};

/// A request that came, and waits for the answer.
struct Request {
    text: String,
    stream: oneshot::Sender<String>,
}

impl Request {
    fn answer(self, answer: impl Into<String>) {
        // Who cut the request has no use for the answer.
        let _ = self.stream.send(answer.into());
    }

    fn accept(self) {
        let id = format!("wamid.{}", self.text);
        self.answer(answer("200 OK", &json!({ "messages": [{ "id": id }] }).to_string()));
    }

    fn refuse(self) {
        let error = json!({ "error": { "code": 100, "message": "(#100) Invalid parameter" } });
        self.answer(answer("400 Bad Request", &error.to_string()));
    }
}

/// A server that answers when a test says so.
struct Api {
    client: Client,
    requests: mpsc::UnboundedReceiver<Request>,
    /// Something for each connection that the client has closed, when it had read the answer.
    closed: mpsc::UnboundedReceiver<()>,
}

impl Api {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client_at(listener.local_addr().unwrap());
        let (sender, requests) = mpsc::unbounded_channel();
        let (closing, closed) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, sender.clone(), closing.clone()));
            }
        });
        Self { client, requests, closed }
    }

    async fn request(&mut self) -> Request {
        self.requests.recv().await.unwrap()
    }

    /// The next requests, by the order of their texts: connections are made in any order.
    async fn take(&mut self, count: usize) -> Vec<Request> {
        let mut requests = Vec::new();
        for _ in 0..count {
            requests.push(self.request().await);
        }
        requests.sort_by(|one, other| one.text.cmp(&other.text));
        requests
    }
}

async fn serve(
    mut stream: TcpStream,
    requests: mpsc::UnboundedSender<Request>,
    closing: mpsc::UnboundedSender<()>,
) {
    let request = read_request(&mut stream).await;
    let Some((_, body)) = request.split_once("\r\n\r\n") else { return };
    let body: Value = serde_json::from_str(body).unwrap();
    let (sender, answer) = oneshot::channel();
    let text = body["text"]["body"].as_str().unwrap().to_owned();
    if requests.send(Request { text, stream: sender }).is_ok()
        && let Ok(answer) = answer.await
    {
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
        let _ = closing.send(());
    }
}

fn message(text: &str) -> Message {
    json!({ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": text } })
        .to_string()
        .parse()
        .unwrap()
}

/// Messages `0`, `1`, `2` and so on, with their number as the key.
fn numbered(count: usize) -> impl Iterator<Item = (usize, Message)> {
    (0..count).map(|number| (number, message(&number.to_string())))
}

#[tokio::test]
async fn outcomes_come_as_they_become_known_with_their_keys() {
    let mut api = Api::start().await;
    let keys = ["first", "second", "third"];
    let messages: Vec<_> = keys.into_iter().zip(numbered(3).map(|(_, message)| message)).collect();
    let mut sending = api.client.send_each(messages.clone());

    let answers = async {
        let mut requests = api.take(3).await.into_iter();
        (requests.next().unwrap(), requests.next().unwrap(), requests.next().unwrap())
    };
    let (one, two, three) = tokio::select! {
        requests = answers => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    for (request, index) in [(two, 1), (one, 0), (three, 2)] {
        request.accept();
        let outcome = sending.next().await.unwrap();
        assert_eq!(outcome.key, keys[index]);
        assert_eq!(outcome.message, messages[index].1);
        assert_eq!(outcome.result.unwrap().id(), format!("wamid.{index}"));
    }
    assert!(sending.next().await.is_none());
    assert!(sending.next().await.is_none(), "the end stays the end");
    assert_eq!(sending.summary().sent(), 3);
}

#[tokio::test]
async fn messages_are_taken_only_when_there_is_room() {
    let mut api = Api::start().await;
    let taken = Cell::new(0);
    let messages = numbered(100).inspect(|_| taken.set(taken.get() + 1));
    let mut sending = api.client.send_each(messages).concurrency(4);
    assert_eq!(taken.get(), 0, "nobody waits for an outcome yet");

    let mut requests = tokio::select! {
        requests = api.take(4) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    assert_eq!(taken.get(), 4);
    assert_eq!(sending.in_flight().copied().collect::<BTreeSet<_>>(), (0..4).collect());

    // Two answers, and one outcome taken: there is room for one, when the next is waited for.
    requests.pop().unwrap().accept();
    requests.pop().unwrap().accept();
    sending.next().await.unwrap();
    assert_eq!((taken.get(), sending.in_flight().len()), (4, 3));
    sending.next().await.unwrap();
    assert_eq!((taken.get(), sending.in_flight().len()), (5, 3));

    assert_eq!(sending.summary().sent(), 2);
    assert_eq!(sending.summary().in_flight(), 3);
    drop(sending);
    assert_eq!(taken.get(), 5);
}

#[tokio::test]
async fn requests_go_on_while_nobody_waits() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(2));
    let requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.into_iter().for_each(Request::accept);
    for _ in 0..2 {
        api.closed.recv().await.unwrap();
    }
    // The answers are read. Now whoever waits for them takes notice.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    // Longer than a request may take.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3600)).await;
    tokio::time::resume();
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
    }
    assert_eq!(sending.summary().sent(), 2);
}

#[tokio::test]
async fn nothing_is_kept_but_what_is_under_way() {
    let sandbox = Sandbox::start().await.unwrap();
    let alive = Arc::new(());
    let most = Arc::new(AtomicUsize::new(0));
    let keys = Arc::clone(&alive);
    let counted = Arc::clone(&most);
    let messages = numbered(300).map(move |(_, message)| {
        let key = Arc::clone(&keys);
        counted.fetch_max(Arc::strong_count(&key), Ordering::Relaxed);
        (key, message)
    });
    let mut sending = client_of(&sandbox).send_each(messages).concurrency(8);
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
    }
    assert_eq!(sending.summary().total(), 300);
    // The eight keys, the one here and the one that makes them.
    assert_eq!(most.load(Ordering::Relaxed), 8 + 2);
    assert_eq!(sandbox.received().len(), 300);
}

#[tokio::test]
async fn no_room_is_taken_as_room_for_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_each(numbered(3)).concurrency(0);
    let mut keys = Vec::new();
    while let Some(outcome) = sending.next().await {
        keys.push(outcome.key);
    }
    assert_eq!(keys, [0, 1, 2]);
}

#[tokio::test]
async fn after_a_stop_running_requests_are_finished_and_the_rest_comes_back() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(10)).concurrency(2);
    let stop = sending.stop_handle();
    let requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    assert!(!stop.is_stopped());
    stop.stop();
    assert!(stop.is_stopped());

    requests.into_iter().for_each(Request::accept);
    let mut keys = BTreeSet::new();
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
        keys.insert(outcome.key);
    }
    assert_eq!(keys, BTreeSet::from([0, 1]));
    assert_eq!(sending.summary().total(), 2);
    let rest: Vec<_> = sending.into_input().map(|(key, _)| key).collect().await;
    assert_eq!(rest, [2, 3, 4, 5, 6, 7, 8, 9]);
}

#[tokio::test]
async fn an_abort_cuts_what_runs_and_keeps_what_is_known() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(10)).concurrency(3);
    let stop = sending.stop_handle();
    let mut requests = tokio::select! {
        requests = api.take(3) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.remove(1).accept();
    assert_eq!(sending.next().await.unwrap().key, 1);
    stop.abort();
    stop.stop();

    let mut keys = BTreeSet::new();
    while let Some(outcome) = sending.next().await {
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, Error::InDoubt(_)), "{error}");
        assert!(!error.is_safe_to_resend());
        keys.insert(outcome.key);
    }
    assert_eq!(keys, BTreeSet::from([0, 2]));
    assert_eq!((sending.summary().sent(), sending.summary().in_doubt()), (1, 2));
}

#[tokio::test]
async fn a_stop_wakes_who_waits_for_a_message() {
    let api = Api::start().await;
    let mut sending = api.client.send_all(stream::pending::<((), Message)>());
    let stop = sending.stop_handle();
    let waiting = tokio::spawn(async move { sending.next().await.is_none() });
    tokio::task::yield_now().await;
    stop.stop();
    assert!(waiting.await.unwrap());
}

#[tokio::test]
async fn a_stream_may_come_slowly() {
    let sandbox = Sandbox::start().await.unwrap();
    let (sender, mut receiver) = mpsc::channel(1);
    let messages = stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut sending = client_of(&sandbox).send_all(messages);
    for item in numbered(3) {
        sender.send(item).await.unwrap();
        assert!(sending.next().await.unwrap().result.is_ok());
    }
    drop(sender);
    assert!(sending.next().await.is_none());
}

#[tokio::test]
async fn a_key_may_be_anything() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = Rc::new(String::from("neither sent nor shared between threads"));
    let sending = client_of(&sandbox).send_all(stream::iter([(Rc::clone(&key), message("Hello"))]));
    let outcomes: Vec<_> = sending.collect().await;
    assert!(Rc::ptr_eq(&outcomes[0].key, &key));
}

#[tokio::test]
async fn the_sending_can_be_moved_to_a_task() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_all(stream::iter(numbered(2)));
    let summary = tokio::spawn(async move {
        while sending.next().await.is_some() {}
        sending.summary()
    });
    assert_eq!(summary.await.unwrap().sent(), 2);
}

#[tokio::test]
async fn the_summary_tells_each_outcome_apart() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(5));
    let mut requests = tokio::select! {
        requests = api.take(5) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.pop().unwrap().answer(answer("200 OK", "what"));
    requests.pop().unwrap().answer(answer("502 Bad Gateway", "<h1>Bad Gateway</h1>"));
    requests.pop().unwrap().answer("");
    requests.pop().unwrap().refuse();
    requests.pop().unwrap().accept();
    while sending.next().await.is_some() {}
    let summary = sending.summary();
    assert_eq!(
        (summary.sent(), summary.refused(), summary.in_doubt(), summary.unreadable()),
        (1, 1, 2, 1)
    );
    assert_eq!((summary.not_sent(), summary.total(), summary.in_flight()), (0, 5, 0));
    assert!(summary.rate() > 0.0);
    let line = summary.to_string();
    let counts =
        "1 sent, 1 refused, 2 in doubt, 1 accepted with an answer that was not understood; 5 in ";
    assert!(line.starts_with(counts), "{line}");
}

#[tokio::test]
async fn what_was_not_sent_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client_at(listener.local_addr().unwrap());
    drop(listener);
    let mut sending = client.send_each(numbered(2));
    while let Some(outcome) = sending.next().await {
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error}");
        assert!(error.is_safe_to_resend());
    }
    assert_eq!(sending.summary().not_sent(), 2);
}

#[tokio::test]
async fn nothing_is_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_each(numbered(0));
    assert!(sending.next().await.is_none());
    let summary = sending.summary();
    assert_eq!((summary.total(), summary.elapsed().is_zero()), (0, true));
    assert_eq!(summary.to_string(), "0 sent; 0 in 0.0 s, 0 a second");
}

/// A message to each of these, with its number as the key.
fn to_each(recipients: &[&str]) -> Vec<(usize, Message)> {
    let message = |to| {
        json!({ "messaging_product": "whatsapp", "to": to, "text": { "body": "Hello" } })
            .to_string()
            .parse()
            .unwrap()
    };
    recipients.iter().map(message).enumerate().collect()
}

/// A client that writes to each recipient once, and then waits for longer than a test takes.
fn patient_client(sandbox: &Sandbox) -> Client {
    Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .recipient_rate(RecipientRate::new(1, Duration::from_secs(3600)))
        .retry(Backoff::new().first_pause(Duration::from_secs(3600)))
        .deadline(None)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_busy_recipient_holds_up_nobody_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let messages = to_each(&["+15550100", "+15550100", "+15550100", "+15550101", "+15550102"]);
    let mut sending = patient_client(&sandbox).send_each(messages).concurrency(2);
    let mut sent = BTreeSet::new();
    for _ in 0..3 {
        let outcome = sending.next().await.unwrap();
        outcome.result.unwrap();
        sent.insert(outcome.key);
    }
    // Which of the three to the busy one was the first is of no matter.
    assert!(sent.is_superset(&BTreeSet::from([3, 4])), "{sent:?}");
    assert_eq!(sending.in_flight().len(), 2);

    sending.stop_handle().stop();
    while let Some(outcome) = sending.next().await {
        assert!(matches!(outcome.result, Err(Error::NotSent(_))));
    }
    assert_eq!((sending.summary().sent(), sending.summary().not_sent()), (3, 2));
    assert_eq!(sandbox.ledger().len(), 3);
}

#[tokio::test]
async fn not_everybody_waits_aside() {
    let sandbox = Sandbox::start().await.unwrap();
    let taken = Cell::new(0);
    let messages = to_each(&["+15550100"; 9]).into_iter().inspect(|_| taken.set(taken.get() + 1));
    let mut sending = patient_client(&sandbox).send_each(messages).concurrency(2).held_back(3);
    sending.next().await.unwrap().result.unwrap();
    for _ in 0..100 {
        tokio::task::yield_now().await;
        assert!(sending.next().now_or_never().is_none());
    }
    // The one that is sent, room for two requests, and three aside.
    assert_eq!(taken.get(), 1 + 2 + 3);
}

#[tokio::test]
async fn a_recipient_that_the_api_holds_back_holds_up_nobody_else() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, Fault::Code(131_056));
    let messages = to_each(&["+15550100", "+15550101", "+15550102"]);
    let mut sending = patient_client(&sandbox).send_each(messages).concurrency(1);
    for key in [1, 2] {
        let outcome = sending.next().await.unwrap();
        assert_eq!(outcome.key, key);
        outcome.result.unwrap();
    }
    // It waits for its second try. When there is to be none, what the API said stands.
    sending.stop_handle().stop();
    let outcome = sending.next().await.unwrap();
    assert_eq!(outcome.key, 0);
    let error = outcome.result.unwrap_err();
    assert!(matches!(&error, Error::Throttled(error) if error.code() == 131_056), "{error}");
    assert!(sending.next().await.is_none());
    assert_eq!((sending.summary().sent(), sending.summary().throttled()), (2, 1));
    assert_eq!(sending.summary().total(), 3);
}

#[tokio::test]
async fn after_a_stop_nothing_begins() {
    let sandbox = Sandbox::start().await.unwrap();
    for is_abort in [false, true] {
        let mut sending = client_of(&sandbox).send_each(numbered(3));
        let stop = sending.stop_handle();
        if is_abort {
            stop.abort();
        } else {
            stop.stop();
        }
        assert!(sending.next().await.is_none());
        assert_eq!(sending.into_input().count().await, 3);
    }
    assert!(sandbox.ledger().is_empty());
}

#[tokio::test]
async fn a_policy_that_panics_costs_no_outcome() {
    let sandbox = Sandbox::start().await.unwrap();
    let policy = |_: &Attempt, _: &Error| -> Decision { panic!("a mistake in a policy") };
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .retry(policy)
        .build()
        .unwrap();
    sandbox.fail_next(2, Fault::Code(131_016));
    let text: Message = common::text();
    let mut sending = client.send_each((0..5).map(|key| (key, text.clone()))).concurrency(1);
    let mut keys = BTreeSet::new();
    let mut refused = 0;
    while let Some(outcome) = sending.next().await {
        keys.insert(outcome.key);
        // The last error is known, so there is no doubt.
        refused += usize::from(matches!(outcome.result, Err(Error::Refused(_))));
    }
    assert_eq!((keys.len(), refused, sending.summary().sent()), (5, 2, 3));
    assert_eq!(sending.in_flight().len(), 0);
}
