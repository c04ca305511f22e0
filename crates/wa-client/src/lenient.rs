//! Members of answers, read in any type in which the API may write them.

use serde_core::de::Error;
use serde_json::{Map, Value};

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

/// A member of an answer.
pub(crate) trait Member: Sized {
    /// Reads it, or says what is wrong: never what it holds. One that may be missing and does not fit is none, if
    /// `reads_over`.
    fn member<E: Error>(
        members: &Map<String, Value>,
        name: &'static str,
        reads_over: bool,
    ) -> Result<Self, E>;
}

/// The member, if it is there and not null, and whether it fits.
fn read<T: Read, E: Error>(
    members: &Map<String, Value>,
    name: &'static str,
) -> Option<Result<T, E>> {
    let value = members.get(name).filter(|value| !value.is_null())?;
    Some(T::read(value).ok_or_else(|| E::custom(format_args!("`{name}` has another type"))))
}

macro_rules! required {
    ($($scalar:ty)*) => {$(
        impl Member for $scalar {
            fn member<E: Error>(members: &Map<String, Value>, name: &'static str, _: bool) -> Result<Self, E> {
                read(members, name).unwrap_or_else(|| Err(E::missing_field(name)))
            }
        }
    )*};
}

required! { String i64 bool }

impl<T: Read> Member for Option<T> {
    fn member<E: Error>(
        members: &Map<String, Value>,
        name: &'static str,
        reads_over: bool,
    ) -> Result<Self, E> {
        let read = read(members, name).transpose();
        if reads_over { Ok(read.unwrap_or_else(|_: E| None)) } else { read }
    }
}

/// Reads an answer: its members by their names in the JSON.
macro_rules! members {
    ($name:ident, reads_over: $over:literal, malformed: $malformed:expr, { $($member:ident = $json:literal,)* }) => {
        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                type Members = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
                let members = <Members as ::serde_core::Deserialize>::deserialize(deserializer)?;
                Ok(Self { $($member: $crate::lenient::Member::member(&members, $json, $over)?,)* })
            }
        }

        impl $crate::call::Topic for $name {
            fn malformed() -> $crate::Error {
                $malformed.into()
            }
        }

        impl ::wa_message_core::__shared::Answer for $name {
            // There is one road: nobody waits for these.
            fn from_canonical(_: &[u8]) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    };
}
pub(crate) use members;
