//! What the compiler proves of constants. Where one breaks a limit, the error stands at the caller,
//! which the macro has put at the constant.

use wa_message_rules::{format::Format, pattern::Pattern, text};

use crate::Text;

/// A constant in a field of text, and what to say of one that is too short, too long or malformed.
///
/// # Panics
///
/// While compiling, when it breaks a limit.
#[must_use]
#[track_caller]
pub const fn text<const MIN: usize, const MAX: usize>(
    value: &'static str,
    pattern: Option<&Pattern>,
    format: Option<Format>,
    [short, long, form]: [&'static str; 3],
) -> Text<MIN, MAX> {
    let length = text::length(value);
    assert!(length >= MIN, "{}", short);
    assert!(length <= MAX, "{}", long);
    if let Some(pattern) = pattern {
        assert!(pattern.matches(value), "{}", form);
    }
    if let Some(format) = format {
        assert!(format.holds(value), "{}", form);
    }
    Text::__literal(value)
}

/// A constant in a field of a number.
///
/// # Panics
///
/// While compiling, when it is out of its range.
#[must_use]
#[track_caller]
pub const fn number(value: f64, min: f64, max: f64, says: &'static str) -> f64 {
    assert!(min <= value && value <= max, "{}", says);
    value
}

/// A constant in a field of a whole number.
///
/// # Panics
///
/// While compiling, when it is out of its range.
#[must_use]
#[track_caller]
pub const fn integer(value: i64, min: i64, max: i64, says: &'static str) -> i64 {
    assert!(min <= value && value <= max, "{}", says);
    value
}

/// The rules over several values, some of which are constants.
///
/// # Panics
///
/// While compiling, when they do not hold.
#[track_caller]
pub const fn rules(hold: bool, says: &'static str) {
    assert!(hold, "{}", says);
}
