//! Writes what was read as the API writes it.

use std::{borrow::Cow, fmt::Write as _};

use crate::{
    item::{Item, Why},
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

    /// Tells of each part inside of it that is not known or does not have its form.
    fn odd(&self, tell: &mut dyn FnMut(Odd<'_>)) {
        let _ = tell;
    }
}

/// A part that is not known, or does not have its form.
#[derive(Clone, Copy)]
pub(crate) struct Odd<'o> {
    pub(crate) name: &'o str,
    /// What does not fit, if its kind is known.
    pub(crate) why: Option<&'o Why>,
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

    fn odd(&self, tell: &mut dyn FnMut(Odd<'_>)) {
        if let Some(value) = self {
            value.odd(tell);
        }
    }
}

impl<T: Put> Put for Box<T> {
    fn put(&self, out: &mut Out, form: Form) {
        T::put(self, out, form);
    }

    fn odd(&self, tell: &mut dyn FnMut(Odd<'_>)) {
        T::odd(self, tell);
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

    fn odd(&self, tell: &mut dyn FnMut(Odd<'_>)) {
        for item in self {
            item.odd(tell);
        }
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

    fn odd(&self, tell: &mut dyn FnMut(Odd<'_>)) {
        match self {
            Self::Known(known) => known.odd(tell),
            Self::Unknown { name, .. } => tell(Odd { name, why: None }),
            Self::Invalid { name, why, .. } => tell(Odd { name, why: Some(why) }),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::Value;

    use super::json;
    use crate::parse;

    /// Makes of what is read beside the schemas what is written: without `null`, and with one spelling of each name,
    /// word and number.
    fn canonical(value: Value) -> Value {
        const NAMES: [(&str, &str); 7] = [
            ("participant_recipient_id", "recipient_participant_id"),
            ("parent_recipient_user_id", "recipient_parent_user_id"),
            ("pricing_type", "type"),
            ("new_wa_id", "wa_id"),
            ("group_participant_update", "group_participants_update"),
            ("business_username_updates", "business_username_update"),
            ("Completed", "COMPLETED"),
        ];
        let name = |name: String| {
            let known = NAMES.iter().find(|(other, _)| *other == name);
            known.map_or(name.clone(), |(_, name)| (*name).to_owned())
        };
        match value {
            Value::Object(members) => {
                let members = members.into_iter().filter(|(_, value)| !value.is_null());
                members.map(|(member, value)| (name(member), canonical(value))).collect()
            }
            Value::Array(items) => items.into_iter().map(canonical).collect(),
            Value::Number(number) => Value::String(number.as_f64().unwrap_or_default().to_string()),
            Value::String(text) => {
                let number = text.parse::<f64>().ok().filter(|_| text.len() < 16);
                Value::String(number.map_or(name(text), |number| number.to_string()))
            }
            value => value,
        }
    }

    /// Everything that the payloads have is named by the description, and written again.
    #[test]
    fn payloads_are_written_as_they_were_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/webhooks");
        let mut count = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let written = json(&parse(text.as_bytes()).unwrap().read());
            let read: Value = serde_json::from_str(&written).unwrap();
            // Written once more, it is the same to the byte.
            assert_eq!(json(&parse(written.as_bytes()).unwrap().read()), written, "{name}");
            // These have members that nothing names, or another name that is a member elsewhere.
            let odd =
                ["odd-new-member", "odd-new-list", "status-invented", "status-parent-user-id"];
            if !odd.contains(&&*name) && name != "message-unsupported-4" {
                assert_eq!(
                    canonical(read),
                    canonical(serde_json::from_str(&text).unwrap()),
                    "{name}"
                );
                count += 1;
            }
        }
        assert!(count > 150, "only {count} payloads");
    }
}
