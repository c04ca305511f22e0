//! Parts of webhooks by themselves: read from JSON, and written as the API writes them.

use crate::{Item, NotAnObject, item::Whole, json::Tape, types, write};

macro_rules! alone {
    ($($type:ident)*) => {$(
        impl<'a> types::$type<'a> {
            /// Reads one that stands by itself, and not in a request.
            ///
            /// # Errors
            ///
            /// When the text is no JSON object.
            pub fn from_json(json: &'a str) -> Result<Item<'a, Self>, NotAnObject> {
                read(json)
            }

            /// Writes it as JSON, without what this version does not know.
            #[must_use]
            pub fn to_json(&self) -> String {
                write::json(self)
            }
        }
    )*};
}

alone! { Webhook Change IncomingMessage StatusUpdate WebhookContact }

fn read<'a, T: Whole<'a>>(json: &'a str) -> Result<Item<'a, T>, NotAnObject> {
    let tape = Tape::of_object(json)?;
    let mut item = Item::default();
    Whole::read(&mut item, tape.root());
    Ok(item)
}

impl types::Webhook<'_> {
    /// Writes the body of a request as the API does: for tests, and for what imitates the API. It is ASCII, because the API
    /// escapes what is not, and `/` and `@` besides. [`Verifier::sign`](crate::Verifier::sign) signs it.
    ///
    /// ```
    /// use wa_message::webhook::{What, parse, types::{
    ///     Change, Entry, IncomingMessage, IncomingText, MessageContent, MessagesValue, Webhook,
    /// }};
    ///
    /// let mut text = IncomingText::default();
    /// text.body = "Grüße 1/2".into();
    /// let mut message = IncomingMessage::default();
    /// message.id = "wamid.aW4wMQ".into();
    /// message.content = MessageContent::Text(text).into();
    /// let mut value = MessagesValue::default();
    /// value.messages.push(message.into());
    /// let mut entry = Entry::default();
    /// entry.changes.push(Change::Messages(value).into());
    ///
    /// let body = Webhook::WhatsappBusinessAccount(vec![entry.into()]).to_body();
    /// assert!(body.contains(r"Gr\u00fc\u00dfe 1\/2"));
    /// let event = parse(body.as_bytes())?.events().next().unwrap();
    /// assert!(matches!(event.what, What::Message(message) if message.id == "wamid.aW4wMQ"));
    /// # Ok::<(), wa_message::webhook::NotAnObject>(())
    /// ```
    #[must_use]
    pub fn to_body(&self) -> String {
        escaped(&self.to_json())
    }
}

/// Escapes JSON as the API does. Outside of texts, JSON has none of these characters.
fn escaped(json: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(json.len());
    let mut chars = json.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                out.push(char);
                out.extend(chars.next());
            }
            '/' => out.push_str("\\/"),
            '@' => out.push_str("\\u0040"),
            char if char.is_ascii() => out.push(char),
            char => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    // Writing into a text does not fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Verifier;

    /// The body of the vectors, and its signature.
    #[test]
    fn escapes_are_those_of_the_api() {
        let json = r#"{"object":"whatsapp_business_account","entry":[],"x":"ä😀 / @"}"#;
        let body = escaped(json);
        assert_eq!(
            body,
            r#"{"object":"whatsapp_business_account","entry":[],"x":"\u00e4\ud83d\ude00 \/ \u0040"}"#
        );
        assert_eq!(body.len(), 84);
        assert_eq!(
            Verifier::new(["hook-test-secret"]).unwrap().sign(body.as_bytes()),
            "sha256=458090d7b7d9e14b640391256a74cc327bb5c10b04cfc1b3057498e530a7e66d"
        );
    }

    #[test]
    fn what_is_escaped_stays() {
        for json in [r#"{"a":"\\\/\"\n\u0041"}"#, r#"{"a":"\\"}"#, r#"["\\",1.5e3]"#] {
            assert_eq!(escaped(json), json);
        }
        assert_eq!(escaped(r#""\\/""#), r#""\\\/""#);
    }

    #[test]
    fn each_part_is_read_as_it_was_written() {
        let json =
            r#"{"id":"wamid.A","timestamp":"1790000000","type":"text","text":{"body":"a@b/c"}}"#;
        let message = types::IncomingMessage::from_json(json).unwrap().into_known().unwrap();
        assert_eq!(message.to_json(), json);
        assert!(types::IncomingMessage::from_json("[]").is_err());
        let nameless = types::IncomingMessage::from_json("{}").unwrap();
        assert!(nameless.known().is_none());
    }
}
