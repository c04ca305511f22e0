//! Scalars of answers, read in any type in which the API may write them.

use serde_json::Value;

/// A value of an answer, which may come in several types.
pub(crate) trait Read: Sized {
    /// Reads it, or says nothing of what does not fit.
    fn read(value: &Value) -> Option<Self>;
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            _ => None,
        }
    }
}

impl Read for i64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            Value::Number(number) => number.as_i64().map(|number| number != 0),
            _ => None,
        }
    }
}
