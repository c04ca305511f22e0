//! Serde for the generated types, over the reader and the writer.
//!
//! Derived code is compiled for every type, in every build. Here a type has only a call, and all
//! the work is compiled once.

use std::borrow::Cow;

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned},
    ser,
};
use serde_json::{Map, Value};
use wa_message_rules::{self as rules, table::Object};
use wa_message_spec::tables::KINDS;

use crate::{
    depth::{READ_AT_MOST, is_within},
    invalid::InvalidMessage,
    json::{self, Canonical, NotCanonical, Tree},
    mend::{Unnoted, mended_copy},
    read::{JsonNode, canonical},
};

/// Objects with their tables, and the trait by which they are written.
///
/// They are shown and compared by their JSON, which is written anyway: what is derived for that would
/// be compiled for every type.
macro_rules! objects {
    ($written:ident: $($name:ident: $table:ident,)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let value: &dyn $crate::write::$written = &self;
                $crate::types::debug_eq::debug(f, stringify!($name), value)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                let (one, other): (&dyn $crate::write::$written, &dyn $crate::write::$written) =
                    (&self, &other);
                $crate::types::debug_eq::are_equal(one, other)
            }
        }

        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value: &dyn $crate::write::$written = self;
                $crate::types::serde::serialize(&$crate::write::ToJson::to_json(value), serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::types::serde::deserialize(deserializer, &$table)
            }
        }
    )*};
}

/// Closed sets of strings.
macro_rules! words {
    ($($name:ident: $first:ident $first_word:literal $($variant:ident $word:literal)*,)*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                })
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::types::error::ConversionError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $first_word => Ok(Self::$first),
                    $($word => Ok(Self::$variant),)*
                    _ => Err(concat!("no value of `", stringify!($name), "`").into()),
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::types::error::ConversionError;

            fn try_from(word: &str) -> Result<Self, Self::Error> {
                word.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::types::error::ConversionError;

            fn try_from(word: String) -> Result<Self, Self::Error> {
                word.parse()
            }
        }

        impl $crate::write::Write for $name {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(match self {
                    Self::$first => concat!("\"", $first_word, "\"").as_bytes(),
                    $(Self::$variant => concat!("\"", $word, "\"").as_bytes(),)*
                });
            }
        }

        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::types::serde::word(deserializer, &[$first_word $(, $word)*])
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self::$first
            }
        }

        impl $crate::json::Fill for $name {
            fn fill(&mut self, node: &$crate::json::Node<'_>) -> bool {
                let read = node.word().ok().and_then(|word| Self::try_from(word).ok());
                read.map(|word| *self = word).is_some()
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
                $($crate::types::serde::put(
                    &mut members, $json, &self.$rust, $crate::types::serde::Presence::$presence,
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
                Ok(Self { $($rust: $crate::types::serde::take(
                    &mut members, $json, $crate::types::serde::Presence::$presence,
                )?,)* })
            }
        }

        impl $crate::json::Blank for $name {
            fn blank() -> Self {
                Self { $($rust: $crate::json::Blank::blank(),)* }
            }
        }

        impl $crate::json::Fill for $name {
            fn fill(&mut self, node: &$crate::json::Node<'_>) -> bool {
                let required = [$($crate::types::serde::Presence::$presence),*];
                let places: &mut [&mut dyn $crate::json::Fill] = &mut [$(&mut &mut self.$rust),*];
                node.some_members(&[$($json),*], places, $crate::types::serde::required(&required))
            }
        }
    )*};
}

pub(crate) use {answers, objects, words};

/// Hands on what was written, in its order.
pub(crate) fn serialize<S: Serializer>(written: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    let text = str::from_utf8(written).map_err(ser::Error::custom)?;
    match Tree::new(text, READ_AT_MOST) {
        Ok(tree) => tree.root().serialize(serializer),
        // What is written is always JSON.
        Err(NotCanonical) => {
            Err(ser::Error::custom("it is nested deeper than it could be read again"))
        }
    }
}

pub(crate) fn deserialize<'de, T: Canonical, D: Deserializer<'de>>(
    deserializer: D,
    table: &'static Object,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    if !is_within(&value, READ_AT_MOST) {
        return Err(de::Error::custom("it is nested deeper than it could be read again"));
    }
    let read = |value: &Value| json::read_canonical(&canonical(value, table).to_string());
    read(&value)
        .or_else(|NotCanonical| {
            mended_copy(&value, table, &mut Unnoted)
                .map_or(Err(NotCanonical), |mended| read(&mended))
        })
        .map_err(|NotCanonical| de::Error::custom(complaint(&value, table)))
}

/// What the types cannot hold breaks a rule.
#[cold]
fn complaint(value: &Value, table: &'static Object) -> String {
    match InvalidMessage::of(rules::check(table, KINDS, JsonNode(value))) {
        Some(invalid) => invalid.to_string(),
        None => format!("{} is expected", table.label),
    }
}

pub(crate) fn word<'de, T: for<'w> TryFrom<&'w str>, D: Deserializer<'de>>(
    deserializer: D,
    words: &'static [&'static str],
) -> Result<T, D::Error> {
    let found: Cow<'_, str> = Deserialize::deserialize(deserializer)?;
    let word = words.iter().find(|word| word.eq_ignore_ascii_case(&found));
    let read = word.and_then(|word| T::try_from(word).ok());
    read.ok_or_else(|| de::Error::unknown_variant(&found, words))
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

/// A bit for each member that has to be there.
pub(crate) fn required(members: &[Presence]) -> u64 {
    let bits = members.iter().enumerate();
    bits.filter(|(_, presence)| **presence == Presence::Required).map(|(at, _)| 1 << at).sum()
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
    #[test]
    fn answers_are_read_alike() {
        let always = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+1 555","wa_id":"1555"}],
            "messages":[{"id":"wamid.\u0041","message_status":"accepted","more":[{},"}"]}]}"#;
        let read = |text: &str| crate::json::from_slice::<SendAnswer>(text.as_bytes());
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
