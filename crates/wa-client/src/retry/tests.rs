#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use wa_message_core::ErrorCode;

use super::*;
use crate::{
    api_error::ApiError,
    token::Token,
    transport::{InDoubt, NotSent, Unreadable},
};

fn refused(code: i64) -> Error {
    let body = serde_json::from_str(&format!(r#"{{ "code": {code} }}"#)).unwrap();
    ApiError::new(400, body, &Token::new("a-token")).into()
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

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// An error of any sort. Codes that are known come as often as others.
fn any_error() -> impl Strategy<Value = Error> {
    prop_oneof![
        (0..ErrorCode::ALL.len()).prop_map(|index| refused(ErrorCode::ALL[index].code())),
        any::<i64>().prop_map(refused),
        Just(()).prop_map(|()| Error::NotSent(NotSent::cut())),
        Just(()).prop_map(|()| Error::InDoubt(InDoubt::cut())),
        Just(()).prop_map(|()| unreadable()),
        Just(()).prop_map(|()| Error::NotMarked),
    ]
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    let number = prop_oneof![0..8_u32, any::<u32>()];
    let remaining = prop::option::of((0..1_000_000_u64).prop_map(Duration::from_millis));
    (number, remaining, any::<f64>(), any::<bool>()).prop_map(
        |(number, remaining, random, repeatable)| {
            Attempt::new(number)
                .with_remaining(remaining)
                .with_random(random)
                .with_repeatable(repeatable)
        },
    )
}

proptest! {
    #[test]
    fn what_may_arrive_twice_is_never_sent_again(attempt in any_attempt(), error in any_error(), attempts in any::<u32>()) {
        let decision = Backoff::new().attempts(attempts).decide(&attempt, &error);
        if !attempt.is_repeatable() && !error.is_safe_to_resend() {
            prop_assert_eq!(decision, Decision::GiveUp);
        }
        // And what the API has accepted is not, whatever it is.
        if matches!(error, Error::Unreadable(_)) {
            prop_assert_eq!(decision, Decision::GiveUp);
        }
    }

    #[test]
    fn what_does_not_help_is_not_done(attempt in any_attempt(), error in any_error()) {
        let decision = Backoff::new().attempts(u32::MAX).decide(&attempt, &error);
        if let Some(refusal) = error.api_error()
            && matches!(refusal.advice(), RetryAdvice::Never | RetryAdvice::AfterAction)
        {
            prop_assert_eq!(decision, Decision::GiveUp);
        }
    }

    #[test]
    fn a_pause_is_in_its_bounds(attempt in any_attempt(), error in any_error(), attempts in 0..10_u32) {
        let policy = Backoff::new().attempts(attempts);
        let decision = policy.decide(&attempt, &error);
        // The same again: it is a function of the attempt and the error.
        prop_assert_eq!(decision, policy.decide(&attempt, &error));
        if let Decision::RetryAfter(pause) = decision {
            let documented = seconds(4_u64.saturating_pow(attempt.number() - 1).min(256));
            let least = documented.max(error.retry_after().unwrap_or_default());
            prop_assert!(pause >= least, "{:?} is shorter than {:?}", pause, least);
            prop_assert!(pause <= least.mul_f64(1.25), "{:?} is longer than {:?}", pause, least);
            prop_assert!(attempt.remaining().is_none_or(|remaining| pause <= remaining));
            prop_assert!(attempt.number() < attempts);
        }
    }

    #[test]
    fn a_later_pause_is_no_shorter(number in 1..20_u32, random in 0.0..=1.0, error in any_error()) {
        let policy = Backoff::new().attempts(u32::MAX);
        let pause = |number| match policy.decide(&Attempt::new(number).with_random(random), &error) {
            Decision::RetryAfter(pause) => Some(pause),
            Decision::GiveUp => None,
        };
        prop_assert!(pause(number) <= pause(number + 1));
    }
}

#[test]
fn the_pauses_are_those_of_the_api() {
    let policy = Backoff::new().attempts(u32::MAX);
    let pause = |number, code| policy.decide(&Attempt::new(number), &refused(code));
    for (number, expected) in
        [(1, 1), (2, 4), (3, 16), (4, 64), (5, 256), (6, 256), (u32::MAX - 1, 256)]
    {
        // What is down, what is throttled, and a recipient that is.
        for code in [131_016, 130_429, 131_056] {
            assert_eq!(pause(number, code), Decision::RetryAfter(seconds(expected)), "{number}");
        }
    }
    // The API asks for a longer one.
    assert_eq!(pause(1, 131_057), Decision::RetryAfter(seconds(60)));
    assert_eq!(pause(1, 132_069), Decision::RetryAfter(seconds(3600)));
}

#[test]
fn the_code_decides_and_not_the_status() {
    let decide = |code| Backoff::new().decide(&Attempt::new(1), &refused(code));
    // Both come with HTTP 500.
    assert_eq!(decide(131_000), Decision::RetryAfter(seconds(1)));
    assert_eq!(decide(3), Decision::GiveUp);
    for code in [0, 3, 10, 33, 100, 190, 368, 131_026, 131_030, 131_047, 131_050, 132_001, 424_242]
    {
        assert_eq!(decide(code), Decision::GiveUp, "{code}");
    }
    for code in [1, 2, 131_000, 131_016, 133_004] {
        assert_eq!(decide(code), Decision::RetryAfter(seconds(1)), "{code}");
    }
}

#[test]
fn the_usual_policy_makes_four_attempts() {
    let decide = |number| Backoff::new().decide(&Attempt::new(number), &refused(2));
    assert_eq!(decide(3), Decision::RetryAfter(seconds(16)));
    assert_eq!(decide(4), Decision::GiveUp);
    for policy in [Backoff::never(), Backoff::new().attempts(0)] {
        assert_eq!(policy.decide(&Attempt::new(1), &refused(2)), Decision::GiveUp);
    }
}

#[test]
fn attempts_count_from_one() {
    assert_eq!(Attempt::new(1).number(), 1);
    assert_eq!(Attempt::new(0), Attempt::new(1));
}

#[test]
fn a_receipt_is_tried_again_when_in_doubt() {
    let doubt = Error::InDoubt(InDoubt::cut());
    let receipt = Attempt::new(1).with_repeatable(true);
    assert_eq!(Backoff::new().decide(&receipt, &doubt), Decision::RetryAfter(seconds(1)));
    assert_eq!(Backoff::new().decide(&Attempt::new(1), &doubt), Decision::GiveUp);
}
