//! The types of JSON values.

use std::fmt;

use crate::{node::Value, table::Schema};

/// The type of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
    /// An expression of the program, of which no type is known.
    Expression,
}

impl ValueType {
    /// Returns the type of a value.
    #[must_use]
    pub fn of<N>(value: &Value<'_, N>) -> Self {
        match value {
            Value::Unknown | Value::OneOf(_) => Self::Expression,
            Value::Null => Self::Null,
            Value::Boolean(_) => Self::Boolean,
            Value::Integer(_) | Value::Number(_) => Self::Number,
            Value::Text(_) => Self::Text,
            Value::List(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// Returns the type that a table asks for.
    pub(crate) fn asked_for(schema: Schema) -> Self {
        match schema {
            Schema::Text(_) => Self::Text,
            Schema::Integer(_) => Self::Integer,
            Schema::Number(_) => Self::Number,
            Schema::Boolean => Self::Boolean,
            Schema::Json(_) | Schema::Object(_) => Self::Object,
            Schema::List(_) => Self::Array,
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "`null`",
            Self::Boolean => "`true` or `false`",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Expression => "an expression",
        })
    }
}
