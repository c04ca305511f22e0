//! Values that free JSON takes.

use std::{rc::Rc, sync::Arc};

use serde_json::Value;

use super::IntoText;
use crate::Text;

/// What becomes a JSON value. `By` says in which way it becomes a value, and only one fits.
#[diagnostic::on_unimplemented(
    message = "a JSON value is expected here, and this is `{Self}`",
    label = "expected a JSON value",
    note = "a text, a number, `true` or `false`, an array, a map and an `Option` of these are JSON values, and so is `serde_json::Value`",
    note = "what implements `serde::Serialize` becomes one by `serde_json::to_value(..)`"
)]
pub trait IntoJson<By> {
    /// The value.
    fn into_json(self) -> Value;
}

/// As `serde_json` does it.
#[derive(Debug)]
pub enum ByValue {}

/// By what is behind the reference.
#[derive(Debug)]
pub enum ByReference {}

/// By its text.
#[derive(Debug)]
pub enum ByText {}

#[diagnostic::do_not_recommend]
impl<V: Into<Value>> IntoJson<ByValue> for V {
    #[inline]
    fn into_json(self) -> Value {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Into<Value> + Clone> IntoJson<ByReference> for &V {
    fn into_json(self) -> Value {
        self.clone().into()
    }
}

macro_rules! json_texts {
    ($($kind:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoJson<ByText> for $kind {
            fn into_json(self) -> Value {
                Value::String(IntoText::into_text(self).into_owned())
            }
        }
    )*};
}

json_texts!(char, &char, Box<str>, &Box<str>, Rc<str>, &Rc<str>, Arc<str>, &Arc<str>);

#[diagnostic::do_not_recommend]
impl IntoJson<ByText> for Text {
    fn into_json(self) -> Value {
        Value::String(self.into_string())
    }
}
