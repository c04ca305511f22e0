//! Proves constants while compiling. Where one breaks a limit, the error stands at the caller,
//! which the macro has put at the constant.

use wa_message_rules::{table, text};

use crate::Text;

/// A constant in a field of text, and what to say of one that is too short, too long or malformed.
///
/// # Panics
///
/// While compiling, when it breaks a limit.
#[must_use]
#[track_caller]
pub const fn text(
    value: &'static str,
    limits: &table::Text,
    [short, long, form]: [&'static str; 3],
) -> Text {
    let length = text::length(value);
    assert!(length >= limits.min, "{}", short);
    assert!(length <= limits.max, "{}", long);
    if let Some(pattern) = limits.pattern {
        assert!(pattern.matches(value), "{}", form);
    }
    if let Some(format) = limits.format {
        assert!(format.holds(value), "{}", form);
    }
    Text::from_static(value)
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
