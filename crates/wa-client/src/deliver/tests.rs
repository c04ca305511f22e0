//! On a clock that stands still until all wait.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    cell::{Cell, RefCell},
    future::pending,
    pin::pin,
    sync::Arc,
};

use futures_util::{FutureExt as _, future::join_all};
use tokio::time::advance;
use wa_message_core::ThrottleScope;

use super::*;
use crate::{
    api_error::ApiError,
    limit::{Paces, Rates, RecipientRate},
    observe::{Shown, Span},
    retry::Backoff,
    slots::Slots,
    stop::Stop,
    token::Token,
    transport::Unreadable,
};

const LONG: Option<Duration> = Some(Duration::from_secs(120));

fn refused(code: i64) -> Error {
    let body = serde_json::from_str(&format!(r#"{{ "code": {code} }}"#)).unwrap();
    ApiError::new(400, body, &Token::new("a-token")).into()
}

fn doubt() -> Error {
    Error::InDoubt(InDoubt::cut())
}

fn unreadable() -> Error {
    Error::Unreadable(Unreadable {
        status: 200,
        body: String::new(),
        trace_id: None,
        cause: None,
        repeat: None,
    })
}

fn pace(number: Option<u32>, recipient: Option<RecipientRate>) -> Arc<Pace> {
    Paces::new(Rates { number, recipient }).of("1")
}

fn unlimited() -> Arc<Pace> {
    pace(None, None)
}

/// What is delivered, and how.
struct Parcel {
    pace: Arc<Pace>,
    policy: Box<dyn RetryPolicy>,
    time: Option<Duration>,
    to: &'static str,
    is_receipt: bool,
    flight: Flight,
    start: Instant,
    /// When each attempt began.
    began: RefCell<Vec<Duration>>,
}

impl Parcel {
    fn new(pace: &Arc<Pace>) -> Self {
        Self {
            pace: Arc::clone(pace),
            policy: Box::new(Backoff::new()),
            time: LONG,
            to: "+15550100",
            is_receipt: false,
            flight: Flight::default(),
            start: Instant::now(),
            began: RefCell::default(),
        }
    }

    /// Delivers it to an API that gives these answers, and then accepts.
    async fn answered(&self, answers: impl IntoIterator<Item = Error>) -> Result<(), Error> {
        let answers = RefCell::new(answers.into_iter());
        self.posted(|| {
            let answer = answers.borrow_mut().next();
            async move { answer.map_or(Ok(()), Err) }
        })
        .await
    }

    async fn posted<F: Future<Output = Result<(), Error>>>(
        &self,
        post: impl Fn() -> F,
    ) -> Result<(), Error> {
        let span = Span::new("text", "1", None, &Vec::new, Shown::default());
        let delivery = Delivery {
            pace: &self.pace,
            policy: &*self.policy,
            time: self.time,
            to: (!self.is_receipt).then_some(self.to),
            is_repeatable: self.is_receipt,
            flight: &self.flight,
            observer: span.observer("text"),
        };
        delivery
            .run(|| {
                self.began.borrow_mut().push(self.start.elapsed());
                post()
            })
            .await
    }

    fn attempts(&self) -> usize {
        self.began.borrow().len()
    }

    fn last(&self) -> Duration {
        *self.began.borrow().last().unwrap()
    }
}

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[tokio::test(start_paused = true)]
async fn attempts_come_after_the_documented_pauses() {
    let parcel = Parcel::new(&unlimited());
    parcel.answered([refused(131_016), refused(2), refused(131_000)]).await.unwrap();
    let began = parcel.began.borrow();
    assert_eq!(began.len(), 4);
    for (pair, pause) in began.windows(2).zip([1000, 4000, 16_000]) {
        let waited = pair[1].checked_sub(pair[0]).unwrap();
        // A timer may be a millisecond late.
        assert!((ms(pause)..=ms(pause * 5 / 4 + 1)).contains(&waited), "{waited:?} for {pause}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_budget_ends_it_with_the_last_error() {
    let parcel = Parcel::new(&unlimited());
    let answers = [131_016, 131_016, 131_016, 133_004, 131_016].map(refused);
    let error = parcel.answered(answers).await.unwrap_err();
    assert_eq!(parcel.attempts(), 4);
    assert_eq!(error.api_error().unwrap().code(), 133_004);
}

#[tokio::test(start_paused = true)]
async fn what_is_in_doubt_or_final_has_one_attempt() {
    for error in [doubt(), unreadable(), refused(131_009), refused(3), refused(190), refused(7)] {
        let (parcel, said) = (Parcel::new(&unlimited()), error.to_string());
        assert_eq!(parcel.answered([error]).await.unwrap_err().to_string(), said);
        assert_eq!((parcel.attempts(), parcel.start.elapsed()), (1, Duration::ZERO));
    }
}

#[tokio::test(start_paused = true)]
async fn a_receipt_is_tried_again_when_in_doubt() {
    let parcel = Parcel { is_receipt: true, ..Parcel::new(&unlimited()) };
    parcel.answered([doubt(), refused(2)]).await.unwrap();
    assert_eq!(parcel.attempts(), 3);
}

/// Tries everything again.
fn bold(_: &Attempt, _: &Error) -> Decision {
    Decision::RetryAfter(ms(1))
}

#[tokio::test(start_paused = true)]
async fn no_policy_sends_again_what_was_accepted() {
    let parcel = Parcel { policy: Box::new(bold), ..Parcel::new(&unlimited()) };
    let error = parcel.answered([unreadable()]).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable(_)));
    assert_eq!(parcel.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_panics_gives_up() {
    let policy = |_: &Attempt, _: &Error| -> Decision { panic!("a mistake in a policy") };
    let parcel = Parcel { policy: Box::new(policy), ..Parcel::new(&unlimited()) };
    let error = parcel.answered([refused(2)]).await.unwrap_err();
    assert_eq!(error.api_error().unwrap().code(), 2);
    assert_eq!(parcel.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_counted_from_one() {
    let numbers = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&numbers);
    let policy = move |attempt: &Attempt, _: &Error| {
        seen.lock().unwrap().push(attempt.number());
        Decision::RetryAfter(ms(1))
    };
    let parcel = Parcel { policy: Box::new(policy), ..Parcel::new(&unlimited()) };
    parcel.answered([refused(2), refused(2), refused(2)]).await.unwrap();
    assert_eq!(*numbers.lock().unwrap(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn doubt_stays_whatever_comes_after() {
    let policy = |attempt: &Attempt, _: &Error| match attempt.number() {
        1 | 2 => Decision::RetryAfter(ms(1)),
        _ => Decision::GiveUp,
    };
    let parcel = Parcel { policy: Box::new(policy), ..Parcel::new(&unlimited()) };
    // The first attempt may have been accepted: a refusal of the others does not say that it was not.
    let error = parcel.answered([doubt(), refused(2), refused(131_009)]).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)), "{error}");
    assert_eq!(parcel.attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_too_long_is_not_waited_for() {
    let parcel = Parcel { time: Some(ms(3000)), ..Parcel::new(&unlimited()) };
    let error = parcel.answered([2, 2, 2].map(refused)).await.unwrap_err();
    assert_eq!(error.api_error().unwrap().code(), 2);
    // One second is waited for, four are not.
    assert_eq!(parcel.attempts(), 2);
    assert!(parcel.start.elapsed() < ms(1300));
    // A policy has no say in it.
    let policy = |_: &Attempt, _: &Error| Decision::RetryAfter(ms(60_000));
    let time = Some(ms(3000));
    let parcel = Parcel { time, policy: Box::new(policy), ..Parcel::new(&unlimited()) };
    parcel.answered([refused(2)]).await.unwrap_err();
    assert_eq!(parcel.start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_recipient_is_held_back_alone() {
    let pace = pace(None, Some(RecipientRate::default()));
    let throttled = Parcel::new(&pace);
    let (same, other) = (Parcel::new(&pace), Parcel { to: "+15550101", ..Parcel::new(&pace) });
    let later = async {
        tokio::task::yield_now().await;
        let (same, other) = tokio::join!(same.answered([]), other.answered([]));
        same.and(other)
    };
    let (first, later) = tokio::join!(throttled.answered([refused(131_056)]), later);
    first.and(later).unwrap();
    assert_eq!(other.last(), Duration::ZERO);
    assert!(same.last() >= ms(1000), "{:?}", same.last());
    assert!(throttled.last() >= ms(1000));
}

#[tokio::test(start_paused = true)]
async fn a_number_is_held_back_with_all_its_recipients() {
    let paces = Paces::new(Rates::default());
    let pace = paces.of("1");
    let throttled = Parcel::new(&pace);
    let same = Parcel { to: "+15550101", ..Parcel::new(&paces.of("1")) };
    let other = Parcel::new(&paces.of("2"));
    let later = async {
        tokio::task::yield_now().await;
        let (same, other) = tokio::join!(same.answered([]), other.answered([]));
        same.and(other)
    };
    let (first, later) = tokio::join!(throttled.answered([refused(130_429)]), later);
    first.and(later).unwrap();
    assert_eq!(other.last(), Duration::ZERO);
    assert!(same.last() >= ms(1000), "{:?}", same.last());
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_spam_limit_is_asked_about_after_a_minute() {
    let pace = pace(Some(80), None);
    let first = Parcel::new(&pace);
    let error = first.answered([refused(131_048)]).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    let second = Parcel::new(&pace);
    second.answered([]).await.unwrap();
    assert!((ms(59_000)..ms(61_000)).contains(&second.last()), "{:?}", second.last());
}

#[tokio::test(start_paused = true)]
async fn a_number_sends_80_a_second_in_the_order_of_coming() {
    let pace = pace(Some(80), None);
    let order = RefCell::new(Vec::new());
    let parcels: Vec<_> = (0..250).map(|_| Parcel::new(&pace)).collect();
    let sends = parcels.iter().enumerate().map(|(index, parcel)| {
        let order = &order;
        async move {
            parcel
                .posted(|| async {
                    order.borrow_mut().push(index);
                    Ok(())
                })
                .await
        }
    });
    for sent in join_all(sends).await {
        sent.unwrap();
    }
    assert!(order.borrow().is_sorted());
    let times: Vec<_> = parcels.iter().map(Parcel::last).collect();
    assert_eq!(times[79], Duration::ZERO);
    for window in times.windows(81) {
        assert!(window[80].checked_sub(window[0]).unwrap() >= ms(1000));
    }
    assert!(times[249] < ms(3100), "{:?}", times[249]);
}

#[tokio::test(start_paused = true)]
async fn who_has_no_time_to_wait_is_told_at_once() {
    let pace = pace(Some(1), Some(RecipientRate::new(1, ms(6000))));
    Parcel::new(&pace).answered([]).await.unwrap();
    for (to, scope, seconds) in
        [("+15550100", ThrottleScope::Recipient, 6), ("+15550101", ThrottleScope::Number, 1)]
    {
        let parcel = Parcel { to, time: Some(ms(500)), ..Parcel::new(&pace) };
        let error = parcel.answered([]).await.unwrap_err();
        assert!(error.is_safe_to_resend());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        let Error::NotSent(error) = error else { panic!("{error}") };
        assert_eq!((error.held_back(), error.is_timeout()), (Some(scope), false));
        assert!(error.to_string().ends_with(&format!("try again after {seconds} s")), "{error}");
        assert_eq!((parcel.attempts(), parcel.start.elapsed()), (0, Duration::ZERO));
    }
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_gives_up_the_turn() {
    let pace = pace(Some(10), None);
    let waiting: Vec<_> = (0..1000).map(|_| Parcel::new(&pace)).collect();
    let all = join_all(waiting.iter().map(|parcel| parcel.answered([])));
    assert!(tokio::time::timeout(ms(500), all).await.is_err());
    assert_eq!(waiting.iter().filter(|parcel| parcel.attempts() > 0).count(), 10);
    // Not a hundred seconds later, but when the second is over.
    let parcel = Parcel::new(&pace);
    parcel.answered([]).await.unwrap();
    assert!(parcel.last() <= ms(501), "{:?}", parcel.last());
}

#[tokio::test(start_paused = true)]
async fn what_is_cut_is_in_doubt_only_while_it_is_under_way() {
    let pace = pace(Some(1), None);
    let parcel = Parcel::new(&pace);
    let flight = Cell::new(None);
    // Under way.
    let stalled = parcel.posted(|| async {
        flight.set(Some(matches!(parcel.flight.cut(), Error::InDoubt(_))));
        pending().await
    });
    assert!(stalled.now_or_never().is_none());
    assert_eq!(flight.get(), Some(true));
    assert!(matches!(parcel.flight.cut(), Error::InDoubt(_)));
    // Before its turn.
    let parcel = Parcel::new(&pace);
    assert!(parcel.answered([]).now_or_never().is_none());
    assert!(matches!(parcel.flight.cut(), Error::NotSent(_)));
    // Between two attempts: the first was refused.
    advance(ms(2000)).await;
    let parcel = Parcel::new(&pace);
    assert!(parcel.answered([refused(2)]).now_or_never().is_none());
    assert_eq!(parcel.attempts(), 1);
    assert!(matches!(parcel.flight.cut(), Error::NotSent(_)));
    // Between two attempts, of which the first is in doubt.
    advance(ms(2000)).await;
    let parcel = Parcel { policy: Box::new(bold), ..Parcel::new(&pace) };
    assert!(parcel.answered([doubt()]).now_or_never().is_none());
    assert!(matches!(parcel.flight.cut(), Error::InDoubt(_)));
}

/// The turn of a message comes while another one has the only slot.
#[tokio::test(start_paused = true)]
async fn what_waits_for_a_slot_is_not_sent_after_a_stop() {
    for is_given_back in [false, true] {
        let stop = Stop::new();
        let slots = Arc::new(Slots::new(1, stop.clone()));
        let flight = Flight::of_batch(BatchSlot::of(&slots));
        let parcel = Parcel { flight, ..Parcel::new(&unlimited()) };
        let other = BatchSlot::of(&slots);
        let permit = other.request().await;
        assert!(permit.is_some());
        let is_sent = Cell::new(false);
        let mut delivery = pin!(parcel.posted(|| async {
            is_sent.set(true);
            Ok(())
        }));
        assert!((&mut delivery).now_or_never().is_none());
        stop.stop();
        // Whichever comes first when it looks again.
        let permit = permit.filter(|_| !is_given_back);
        let error = delivery.now_or_never().unwrap().unwrap_err();
        assert!(matches!(error, Error::NotSent(_)) && !is_sent.get(), "{error}");
        drop(permit);
    }
}
