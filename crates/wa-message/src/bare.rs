//! The bare types as types of serde, over the reader and the writer.
//!
//! What serde derives is compiled for every type, in every build. Here a type has only a call, and all
//! the work is compiled once.

use std::{borrow::Cow, cell::RefCell};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned},
    ser::{self, SerializeMap, SerializeSeq},
};
use serde_json::{Map, Number, Value};
use wa_message_spec::{self as spec, table::Object};

use crate::{
    invalid::{InvalidMessage, Violation},
    read::{JsonNode, canonical},
    strict::{self, Other, Reader, Strict},
    write::{self, Members, Write},
};

/// Objects with their tables.
macro_rules! objects {
    ($($name:ident: $table:ident,)*) => {$(
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::bare::serialize(self, serializer)
            }
        }

        $crate::bare::read_objects!($name: $table);
    )*};
}

/// What stands in the braces of another object, with the table of what it is made of.
macro_rules! arms {
    ($($name:ident: $table:ident,)*) => {$(
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::bare::serialize_members(self, serializer)
            }
        }

        $crate::bare::read_objects!($name: $table);
    )*};
}

macro_rules! read_objects {
    ($name:ident: $table:ident) => {
        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::bare::deserialize(deserializer, &$table)
            }
        }
    };
}

/// Closed sets of strings.
macro_rules! words {
    ($($name:ident: $($word:literal)*,)*) => {$(
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::bare::word(deserializer, &[$($word),*])
            }
        }
    )*};
}

/// Objects that the API answers, with what it may leave out. Members that are not known are read over.
macro_rules! answers {
    ($($name:ident: $($rust:ident $json:literal $presence:ident)*,)*) => {$(
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut members = serde_json::Map::new();
                $($crate::bare::put(
                    &mut members, $json, &self.$rust, $crate::bare::Presence::$presence,
                )?;)*
                serde_core::Serialize::serialize(&members, serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let mut members: serde_json::Map<_, _> =
                    serde_core::Deserialize::deserialize(deserializer)?;
                Ok(Self { $($rust: $crate::bare::take(
                    &mut members, $json, $crate::bare::Presence::$presence,
                )?,)* })
            }
        }

        #[cfg(feature = "client")]
        impl $crate::strict::Strict for $name {
            fn strict(reader: &mut $crate::strict::Reader<'_>) -> $crate::strict::Result<Self> {
                $(let mut $rust = None;)*
                reader.object()?;
                while let Some(name) = reader.name()? {
                    match name {
                        $($json => $crate::strict::once(reader, &mut $rust)?,)*
                        _ => drop(reader.skip()?),
                    }
                }
                Ok(Self { $($rust: $crate::bare::given!($presence $rust)?,)* })
            }
        }
    )*};
}

/// A member of an answer that was read, if it had to be there.
#[cfg(feature = "client")]
macro_rules! given {
    (Required $place:ident) => {
        $crate::strict::given($place)
    };
    ($presence:ident $place:ident) => {
        $crate::strict::Result::Ok($place.unwrap_or_default())
    };
}

#[cfg(feature = "client")]
pub(crate) use given;

pub(crate) use {answers, arms, objects, read_objects, words};

pub(crate) fn serialize<S: Serializer>(
    value: &dyn Write,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut out = Vec::new();
    value.write(&mut out);
    pass_on(&out, serializer)
}

pub(crate) fn serialize_members<S: Serializer>(
    value: &dyn Members,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut out = vec![b'{'];
    value.write_members(&mut out);
    write::close(&mut out);
    pass_on(&out, serializer)
}

/// Hands on what was written, in its order.
fn pass_on<S: Serializer>(written: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    let text = str::from_utf8(written).map_err(ser::Error::custom)?;
    Written(&RefCell::new(Reader::new(text))).serialize(serializer)
}

/// The next value of a text. A serializer asks for each value once, and in their order.
struct Written<'r, 't>(&'r RefCell<Reader<'t>>);

impl<'t> Written<'_, 't> {
    fn read<T, E: ser::Error>(
        &self,
        read: impl FnOnce(&mut Reader<'t>) -> strict::Result<T>,
    ) -> Result<T, E> {
        read(&mut self.0.borrow_mut()).map_err(|Other| E::custom("values are asked for twice"))
    }
}

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.0.borrow_mut().peek();
        match first {
            Some(b'{') => {
                self.read(Reader::object)?;
                let mut members = serializer.serialize_map(None)?;
                while let Some(key) = self.read(Reader::key)? {
                    members.serialize_entry(&key, self)?;
                }
                members.end()
            }
            Some(b'[') => {
                self.read(Reader::array)?;
                let mut items = serializer.serialize_seq(None)?;
                while self.read(Reader::item)? {
                    items.serialize_element(self)?;
                }
                items.end()
            }
            Some(b'"') => serializer.serialize_str(&self.read(Reader::string)?),
            Some(b't' | b'f') => serializer.serialize_bool(self.read(Reader::boolean)?),
            Some(b'n') => {
                self.read(Reader::skip)?;
                serializer.serialize_unit()
            }
            _ => self.read(Reader::number::<Number>)?.serialize(serializer),
        }
    }
}

pub(crate) fn deserialize<'de, T: Strict, D: Deserializer<'de>>(
    deserializer: D,
    table: &'static Object,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = canonical(&value, table).to_string();
    strict::read_canonical(&text).map_err(|Other| de::Error::custom(complaint(&value, table)))
}

/// What the types cannot hold breaks a rule.
#[cold]
fn complaint(value: &Value, table: &'static Object) -> String {
    let violations = spec::check(table, JsonNode(value));
    let violations: Vec<_> = violations.into_iter().map(Violation::new).collect();
    if violations.is_empty() {
        return format!("{} is expected", table.label);
    }
    InvalidMessage::new(violations).to_string()
}

pub(crate) fn word<'de, T: for<'w> TryFrom<&'w str>, D: Deserializer<'de>>(
    deserializer: D,
    words: &'static [&'static str],
) -> Result<T, D::Error> {
    let found: Cow<'_, str> = Deserialize::deserialize(deserializer)?;
    T::try_from(&found).map_err(|_| de::Error::unknown_variant(&found, words))
}

/// Whether a member of an answer has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always.
    Required,
    /// Or it is `null`.
    Optional,
    /// Or it is an array of nothing.
    List,
}

/// Takes a member out of an answer.
pub(crate) fn take<T: DeserializeOwned, E: de::Error>(
    members: &mut Map<String, Value>,
    name: &'static str,
    presence: Presence,
) -> Result<T, E> {
    let value = match (members.remove(name), presence) {
        (Some(value), _) => value,
        (None, Presence::Required) => return Err(E::missing_field(name)),
        (None, Presence::Optional) => Value::Null,
        (None, Presence::List) => Value::Array(Vec::new()),
    };
    serde_json::from_value(value).map_err(|error| E::custom(format_args!("`{name}`: {error}")))
}

/// Puts a member into an answer, unless it may be left out.
pub(crate) fn put<T: Serialize, E: ser::Error>(
    members: &mut Map<String, Value>,
    name: &str,
    value: &T,
    presence: Presence,
) -> Result<(), E> {
    let value = serde_json::to_value(value).map_err(E::custom)?;
    let may_be_left_out = match &value {
        Value::Null => presence == Presence::Optional,
        Value::Array(items) => presence == Presence::List && items.is_empty(),
        _ => false,
    };
    if !may_be_left_out {
        members.insert(name.to_owned(), value);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_core::de::DeserializeOwned;
    use serde_json::json;

    use crate::types::{
        AnswerMessage, ButtonInteractive, Content, FlowActionPayload, Interactive, MessageObject,
        RecipientType, Row, SendAnswer,
    };

    fn error<T: DeserializeOwned>(text: &str) -> String {
        serde_json::from_str::<T>(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn any_part_is_written_and_read() {
        let buttons = r#"{"body":{"text":"B"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"é\n"}}]}}"#;
        let part: ButtonInteractive = serde_json::from_str(buttons).unwrap();
        let written = serde_json::to_string(&part).unwrap();
        assert_eq!(serde_json::from_str::<ButtonInteractive>(&written).unwrap(), part);
        let interactive = Interactive::from(part);
        let written = serde_json::to_string(&interactive).unwrap();
        assert!(written.starts_with(r#"{"type":"button","action""#), "{written}");
        assert_eq!(serde_json::from_str::<Interactive>(&written).unwrap(), interactive);
        let content = Content::Interactive { interactive };
        let written = serde_json::to_value(&content).unwrap();
        assert_eq!(written["type"], "interactive");
        assert_eq!(serde_json::from_value::<Content>(written).unwrap(), content);
        assert_eq!(serde_json::to_string(&RecipientType::Group).unwrap(), r#""group""#);
    }

    #[test]
    fn free_json_keeps_its_numbers_and_names() {
        let data = json!({
            "screen": "A",
            "data": { "a\"": [1, -2, 1.5, u64::MAX, true, null, { "b": {} }], "c": "\u{1}é" }
        });
        let payload: FlowActionPayload = serde_json::from_value(data.clone()).unwrap();
        assert_eq!(serde_json::to_value(&payload).unwrap(), data);
        assert_eq!(serde_json::to_string(&payload).unwrap(), data.to_string());
    }

    #[test]
    fn limits_are_no_business_of_the_types() {
        let row: Row = serde_json::from_value(json!({
            "id": "1", "title": "Far more characters than a title may have", "description": null
        }))
        .unwrap();
        assert_eq!(row.description, None);
    }

    #[test]
    fn what_the_types_cannot_hold_is_said() {
        assert_eq!(
            error::<Row>(r#"{"id":"1"}"#),
            "the message is not valid: a row needs `title`, the text of the row (at `title`)"
        );
        let unknown = error::<Row>(r#"{"id":"1","title":"A","titel":"B"}"#);
        assert!(unknown.contains("titel"), "{unknown}");
        assert!(!error::<Row>("[]").is_empty());
        let tag = error::<MessageObject>(r#"{"messaging_product":"whatsapp","to":"1","type":7}"#);
        assert!(tag.contains("`type`"), "{tag}");
        assert_eq!(
            error::<RecipientType>(r#""grup""#),
            "unknown variant `grup`, expected `individual` or `group`"
        );
    }

    #[test]
    fn answers_are_read_over_what_is_not_known() {
        let answer: SendAnswer = serde_json::from_value(json!({
            "messages": [{ "id": "wamid.1", "new": 1 }], "messaging_product": null, "more": {}
        }))
        .unwrap();
        let written = serde_json::to_value(&answer).unwrap();
        assert_eq!(written, json!({ "messages": [{ "id": "wamid.1" }] }));
        assert_eq!(error::<SendAnswer>("{}"), "missing field `messages`");
        assert_eq!(error::<AnswerMessage>("{}"), "missing field `id`");
        assert!(error::<SendAnswer>(r#"{"messages":[{"id":1}]}"#).contains("`messages`: `id`: "));
    }

    /// The reader takes no other answer than serde does, and takes those that come as always.
    #[cfg(feature = "client")]
    #[test]
    fn answers_are_read_alike() {
        let always = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+1 555","wa_id":"1555"}],
            "messages":[{"id":"wamid.\u0041","message_status":"accepted","more":[{},"}"]}]}"#;
        let read = |text: &str| crate::strict::from_slice::<SendAnswer>(text.as_bytes());
        assert_eq!(read(always).ok(), serde_json::from_str(always).ok());
        assert!(read(always).is_ok());
        for end in 0..always.len() {
            assert!(read(&always[..end]).is_err(), "{}", &always[..end]);
        }
        for text in [
            r#"{"messages":[],"contacts":null}"#,
            r#"{"messages":[{"id":null}]}"#,
            r#"{"messages":[{"id":7}]}"#,
            r#"{"messages":{}}"#,
            r#"{"contacts":[]}"#,
            r#"{"messages":[{"id":"1","group_id":null,"message_status":"new"}]}"#,
            "[]",
        ] {
            if let Ok(answer) = read(text) {
                assert_eq!(serde_json::from_str(text).ok(), Some(answer), "{text}");
            }
        }
    }
}
