//! The codes that the API refuses with, and what is known of them.

use std::{fmt, time::Duration};

use crate::generated::{ErrorClass, ErrorCode};

/// Whether it helps to send a refused request again.
///
/// `Display` says it as a part of a sentence: "try again after 1 min".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// It does not, as long as the request is the same.
    Never,
    /// It may help to send it again soon, with a longer pause from try to try.
    Now,
    /// It may help after a pause of at least this length, and a longer one from try to try.
    Wait(Duration),
    /// It helps after somebody has done something; [`ErrorCode::action`] says what.
    AfterAction,
}

/// What the API holds back because it was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ThrottleScope {
    /// Everything that the app sends.
    App,
    /// Everything that the business account sends.
    Account,
    /// Everything that the business phone number sends.
    Number,
    /// What the business phone number sends to this recipient. Others are not affected.
    Recipient,
}

impl ThrottleScope {
    /// The name of the scope, for logs and counters: `recipient`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Account => "account",
            Self::Number => "number",
            Self::Recipient => "recipient",
        }
    }
}

/// Says what a scope holds back, as a part of a sentence: "all that the app sends".
#[must_use]
pub const fn held_back(scope: ThrottleScope) -> &'static str {
    match scope {
        ThrottleScope::App => "all that the app sends",
        ThrottleScope::Account => "all that the business account sends",
        ThrottleScope::Number => "all that the number sends",
        ThrottleScope::Recipient => "what goes to this recipient",
    }
}

/// What the description says of a code.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) title: &'static str,
    pub(crate) class: ErrorClass,
    pub(crate) status: Option<u16>,
    pub(crate) advice: RetryAdvice,
    pub(crate) throttles: Option<ThrottleScope>,
    pub(crate) action: Option<&'static str>,
}

impl Known {
    /// What is known of a code that is not.
    pub(crate) const NOTHING: Self = Self {
        title: "an error that this version does not know",
        class: ErrorClass::Unknown,
        status: None,
        advice: RetryAdvice::Never,
        throttles: None,
        action: None,
    };
}

impl ErrorCode {
    /// Whether this version knows the code.
    #[must_use]
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// What the code means, as a part of a sentence in our own words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.known().title
    }

    /// What the error is about.
    #[must_use]
    pub const fn class(self) -> ErrorClass {
        self.known().class
    }

    /// The HTTP status that is documented for the code. Branch on the code: a 500 may be final, and a
    /// 400 may pass.
    #[must_use]
    pub const fn status(self) -> Option<u16> {
        self.known().status
    }

    /// Whether it helps to send the same request again.
    #[must_use]
    pub const fn advice(self) -> RetryAdvice {
        self.known().advice
    }

    /// What is held back, if it was too much at a time.
    #[must_use]
    pub const fn throttles(self) -> Option<ThrottleScope> {
        self.known().throttles
    }

    /// What somebody has to do about it, as a part of a sentence: "get a new access token".
    #[must_use]
    pub const fn action(self) -> Option<&'static str> {
        self.known().action
    }
}

/// The code and what it means: `131056: too many messages to this recipient in a short time`.
impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.title())
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for ThrottleScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for RetryAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("do not send it again as it is"),
            Self::Now => f.write_str("try again, later from try to try"),
            Self::Wait(pause) => write!(f, "try again after {}", Pause(*pause)),
            Self::AfterAction => f.write_str("try again when it is mended"),
        }
    }
}

/// A pause in the largest unit that says it.
#[derive(Debug)]
pub struct Pause(pub Duration);

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Up to the next second: before it, it would be too early.
        let seconds = self.0.as_secs() + u64::from(self.0.subsec_nanos() > 0);
        let (count, unit) = match seconds {
            3600.. if seconds.is_multiple_of(3600) => (seconds / 3600, "h"),
            60.. if seconds.is_multiple_of(60) => (seconds / 60, "min"),
            _ => (seconds, "s"),
        };
        write!(f, "{count} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_as_it_was() {
        for code in
            (-1..400).chain(130_000..139_000).chain(147_000..147_006).chain([i64::MIN, i64::MAX])
        {
            assert_eq!(ErrorCode::from(code).code(), code);
        }
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from(code.code()), *code);
            assert!(code.is_known());
        }
        assert_eq!(ErrorCode::from(7), ErrorCode::Unknown(7));
        assert_eq!(ErrorCode::Unknown(7).class(), ErrorClass::Unknown);
    }

    /// What the table of the API's errors says, line by line where it matters most.
    #[test]
    fn advice_follows_the_code_and_not_the_status() {
        let of = |code: i64| (ErrorCode::from(code).status(), ErrorCode::from(code).advice());
        let seconds = |seconds| RetryAdvice::Wait(Duration::from_secs(seconds));
        assert_eq!(of(131_000), (Some(500), RetryAdvice::Now));
        assert_eq!(of(3), (Some(500), RetryAdvice::Never));
        assert_eq!(of(131_045), (Some(500), RetryAdvice::AfterAction));
        assert_eq!(of(131_057), (Some(500), seconds(60)));
        assert_eq!(of(1), (Some(400), RetryAdvice::Now));
        assert_eq!(of(2), (Some(503), RetryAdvice::Now));
        assert_eq!(of(131_016), (Some(500), RetryAdvice::Now));
        assert_eq!(of(133_004), (Some(503), RetryAdvice::Now));
        assert_eq!(of(131_049), (Some(400), seconds(24 * 3600)));
        assert_eq!(of(132_069), (Some(400), seconds(3600)));
        assert_eq!(of(131_047), (Some(400), RetryAdvice::Never));
        assert_eq!(of(131_050), (Some(400), RetryAdvice::Never));
        assert_eq!(of(7), (None, RetryAdvice::Never));
        assert_eq!(of(131_002), (Some(400), RetryAdvice::Never));
        assert_eq!(of(131_058), (Some(400), RetryAdvice::AfterAction));
        for code in [131_035, 131_036, 131_060, 147_001, 147_002, 147_003, 147_004] {
            assert_eq!(of(code), (None, RetryAdvice::Never), "{code}");
            assert!(ErrorCode::from(code).is_known(), "{code}");
            assert!(ErrorCode::from(code).action().is_some(), "{code}");
        }
        for code in [0, 10, 190, 200, 250, 299, 131_005, 131_030, 131_042, 133_010, 134_011] {
            assert_eq!(of(code).1, RetryAdvice::AfterAction, "{code}");
            assert!(ErrorCode::from(code).action().is_some(), "{code}");
        }
        assert_eq!(of(199).1, RetryAdvice::Never);
        assert_eq!(of(300).1, RetryAdvice::Never);
    }

    #[test]
    fn what_is_held_back_is_known() {
        let of = |code: i64| ErrorCode::from(code).throttles();
        assert_eq!(of(131_056), Some(ThrottleScope::Recipient));
        assert_eq!(of(130_429), Some(ThrottleScope::Number));
        assert_eq!(of(4), Some(ThrottleScope::App));
        assert_eq!(of(80_007), Some(ThrottleScope::Account));
        assert_eq!(of(131_000), None);
        for code in ErrorCode::ALL {
            let waits = matches!(code.advice(), RetryAdvice::Wait(_));
            assert!(code.throttles().is_none() || waits, "{code}");
        }
    }

    #[test]
    fn texts_are_parts_of_sentences() {
        for code in ErrorCode::ALL {
            for text in [Some(code.title()), code.action()].into_iter().flatten() {
                assert!(!text.is_empty() && !text.ends_with('.'), "{text}");
            }
        }
        let text = ErrorCode::PairRateLimit.to_string();
        assert_eq!(text, "131056: too many messages to this recipient in a short time");
        for (seconds, text) in [(1, "1 s"), (90, "90 s"), (300, "5 min"), (86_400, "24 h")] {
            assert_eq!(Pause(Duration::from_secs(seconds)).to_string(), text);
        }
        assert_eq!(Pause(Duration::from_millis(1200)).to_string(), "2 s");
    }
}
