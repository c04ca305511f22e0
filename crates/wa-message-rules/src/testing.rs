//! A tree to write down in tests.

use std::borrow::Cow;

use crate::node::{Count, Item, Node, Value};

/// A JSON value of which the members keep their order.
#[derive(Debug, Clone)]
pub(crate) enum Json {
    Text(&'static str),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
    /// An object that may have more members.
    Partial(Vec<(&'static str, Json)>),
}

impl<'a> Node<'a> for &'a Json {
    fn value(self) -> Value<'a, Self> {
        match self {
            Json::Text(text) => Value::Text(Cow::Borrowed(text)),
            Json::List(items) => {
                Value::List(items.iter().map(|node| Item { node, count: Count::Once }).collect())
            }
            Json::Object(members) | Json::Partial(members) => {
                Value::Object(members.iter().map(|(name, node)| (*name, node)).collect())
            }
        }
    }

    fn is_partial(self) -> bool {
        matches!(self, Json::Partial(_))
    }
}
