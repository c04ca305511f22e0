//! Items that the expansion of the macro names, by way of the facade. Not part of the public face.

#[cfg(rust_analyzer)]
pub mod editor;

mod constant;

pub use constant::{integer, number, rules, text as constant_text};

pub use crate::field;
pub use crate::{InvalidMessage, List, Message, ReadReceipt, Text, types};
pub use crate::{
    json::pieces::{
        Check::{self, In, InKind, InKindWith, InWith},
        Hole::{self, Text as TextHole},
        Json,
    },
    value::IntoJson,
    write::Write,
};
pub use core::convert::identity;
pub use core::option::Option::{None, Some};
pub use serde_json::{Map, Value};
pub use std::vec;
pub use wa_message_spec::texts::*;

/// The definitions of files that are a part of the program.
#[must_use]
pub fn embedded(files: &[(&str, &str)]) -> crate::Templates {
    crate::Templates::embedded(files)
}

/// A text that the macro has checked.
#[inline]
#[must_use]
pub const fn literal(text: &'static str) -> Text {
    Text::from_static(text)
}

/// The name of a member.
#[inline]
#[must_use]
pub fn text(name: &str) -> String {
    name.to_owned()
}

/// A JSON value, from a literal.
#[inline]
pub fn json<V: Into<Value>>(value: V) -> Value {
    value.into()
}

/// Stands in for the value of an invocation that has errors. Never called.
#[must_use]
pub fn failed<T>() -> T {
    unreachable!("the compiler has refused this invocation")
}

/// The position of an item in an array, as a number.
#[must_use]
pub fn index(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

/// The position of an item in an array, as the API writes it.
#[must_use]
pub fn position(position: usize) -> Text {
    position.to_string().into()
}
