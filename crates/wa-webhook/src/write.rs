//! Writes what was read as the API writes it.

use std::{borrow::Cow, fmt::Write as _};

use crate::{
    item::Item,
    raw::{JsonText, Raw},
};

/// The form in which the API writes a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// That of its type.
    Own,
    /// As a text.
    Text,
    /// As a number.
    Number,
}

/// A value that can be written.
pub(crate) trait Put {
    fn put(&self, out: &mut Out, form: Form);

    /// Whether it is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it into an object that has begun.
    fn put_members(&self, out: &mut Out) {
        let _ = out;
    }

    /// The JSON of the whole object, where that is all that is known of it.
    fn whole(&self) -> Option<&str> {
        None
    }
}

/// A JSON text that is being written.
#[derive(Debug, Default)]
pub(crate) struct Out {
    pub(crate) json: String,
}

/// A member: its name, whether it is written even if it is empty, its form and its value.
pub(crate) type Member<'m> = (&'static str, bool, Form, &'m dyn Put);

impl Out {
    pub(crate) fn members(&mut self, members: &[Member<'_>]) {
        for (name, required, form, value) in members {
            if *required || !value.is_absent() {
                self.name(name);
                value.put(self, *form);
            }
        }
    }

    /// The name of a member.
    pub(crate) fn name(&mut self, name: &str) {
        self.comma('{');
        self.text(name);
        self.json.push(':');
    }

    pub(crate) fn comma(&mut self, bracket: char) {
        if !self.json.ends_with(bracket) {
            self.json.push(',');
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.json.push('"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            if !matches!(byte, b'"' | b'\\' | ..b' ') {
                continue;
            }
            self.json.push_str(&text[plain..at]);
            plain = at + 1;
            match byte {
                b'"' | b'\\' => {
                    self.json.push('\\');
                    self.json.push(char::from(byte));
                }
                b'\n' => self.json.push_str("\\n"),
                _ => {
                    let _ = write!(self.json, "\\u{byte:04x}");
                }
            }
        }
        self.json.push_str(&text[plain..]);
        self.json.push('"');
    }
}

/// The JSON of a value.
pub(crate) fn json(value: &dyn Put) -> String {
    let mut out = Out::default();
    value.put(&mut out, Form::Own);
    out.json
}

impl Put for Cow<'_, str> {
    fn put(&self, out: &mut Out, form: Form) {
        // An id of many digits is a number, and stays a text here.
        if form == Form::Number
            && self.parse::<u64>().is_ok_and(|number| number.to_string() == **self)
        {
            out.json.push_str(self);
        } else {
            out.text(self);
        }
    }
}

macro_rules! put_numbers {
    ($($type:ty)*) => {$(
        impl Put for $type {
            fn put(&self, out: &mut Out, form: Form) {
                let quote = if form == Form::Text { "\"" } else { "" };
                let _ = write!(out.json, "{quote}{self}{quote}");
            }
        }
    )*};
}

put_numbers! { i64 f64 bool }

impl Put for Raw<'_> {
    fn put(&self, out: &mut Out, _: Form) {
        out.json.push_str(self.as_str());
    }
}

impl Put for JsonText<'_> {
    fn put(&self, out: &mut Out, _: Form) {
        out.text(self.as_str());
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Out, form: Form) {
        match self {
            Some(value) => value.put(out, form),
            None => out.json.push_str("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(T::is_absent)
    }
}

impl<T: Put> Put for Box<T> {
    fn put(&self, out: &mut Out, form: Form) {
        T::put(self, out, form);
    }
}

impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut Out, form: Form) {
        out.json.push('[');
        for item in self {
            out.comma('[');
            item.put(out, form);
        }
        out.json.push(']');
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Put> Put for Item<'_, T> {
    fn put(&self, out: &mut Out, form: Form) {
        match (self, self.raw()) {
            (Self::Known(known), _) => known.put(out, form),
            (_, Some(raw)) => raw.put(out, form),
            _ => {}
        }
    }

    fn put_members(&self, out: &mut Out) {
        if let Self::Known(known) = self {
            known.put_members(out);
        }
    }

    fn whole(&self) -> Option<&str> {
        self.raw().map(Raw::as_str).filter(|raw| raw.starts_with('{'))
    }
}
