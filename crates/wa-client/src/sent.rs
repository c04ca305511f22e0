//! The answer to an accepted message.

use wa_message_core::types::{AnswerContact, AnswerMessage, MessageStatus, SendAnswer};

/// The API has accepted a message. It may not be delivered yet, or ever: the status webhooks tell that.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent(SendAnswer);

impl Sent {
    /// Understands an answer, if it has the id of a message.
    pub(super) fn new(answer: SendAnswer) -> Result<Self, &'static str> {
        let has_id = answer.messages.first().is_some_and(|message| !message.id.is_empty());
        if has_id { Ok(Self(answer)) } else { Err("the message has no id") }
    }

    /// The WAMID, the id of the message: status webhooks, replies and reactions name it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.message().map_or("", |message| &message.id)
    }

    /// The `wa_id` of the recipient, by which the webhooks name it.
    ///
    /// It may differ from the phone number in [`Message::to`](wa_message_core::Message::to). A group has none, and
    /// neither has a message that went to a [`recipient`](wa_message_core::Message::recipient).
    #[must_use]
    pub fn wa_id(&self) -> Option<&str> {
        given(self.contact()?.wa_id.as_ref())
    }

    /// Returns the business-scoped user id of the recipient, by which the webhooks name those who hide
    /// their number.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        given(self.contact()?.user_id.as_ref())
    }

    /// The recipient as the message named it.
    #[must_use]
    pub fn input(&self) -> Option<&str> {
        given(self.contact()?.input.as_ref())
    }

    /// The group that the message went to.
    #[must_use]
    pub fn group_id(&self) -> Option<&str> {
        given(self.message()?.group_id.as_ref())
    }

    /// Whether a template message was sent at once. Other messages have no such status.
    #[must_use]
    pub fn message_status(&self) -> Option<&MessageStatus> {
        self.message()?.message_status.as_ref()
    }

    /// The whole answer.
    #[must_use]
    pub fn answer(&self) -> &SendAnswer {
        &self.0
    }

    fn message(&self) -> Option<&AnswerMessage> {
        self.0.messages.first()
    }

    fn contact(&self) -> Option<&AnswerContact> {
        self.0.contacts.first()
    }
}

/// An empty text says as little as none.
fn given(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sent(json: &str) -> Option<Sent> {
        serde_json::from_str(json).ok().and_then(|answer| Sent::new(answer).ok())
    }

    #[test]
    fn an_answer_is_read() {
        let sent = sent(
            r#"{
                "messaging_product": "whatsapp",
                "contacts": [{ "input": "+1 555 0100", "wa_id": "15550100", "news": [1] }],
                "messages": [{ "id": "wamid.A", "message_status": "on_hold", "news": {} }],
                "news": null
            }"#,
        )
        .unwrap();
        assert_eq!(sent.id(), "wamid.A");
        assert_eq!(sent.input(), Some("+1 555 0100"));
        assert_eq!(sent.wa_id(), Some("15550100"));
        assert_eq!(sent.message_status(), Some(&MessageStatus::Other("on_hold".into())));
        assert_eq!(sent.group_id(), None);
    }

    #[test]
    fn contacts_may_be_missing_and_ids_may_not() {
        let lone = sent(r#"{ "messages": [{ "id": "wamid.A" }] }"#).unwrap();
        assert_eq!((lone.id(), lone.wa_id(), lone.input()), ("wamid.A", None, None));
        let hidden = sent(
            r#"{ "contacts": [{ "input": "US.17", "user_id": "US.17" }], "messages": [{ "id": "wamid.A" }] }"#,
        )
        .unwrap();
        assert_eq!((hidden.wa_id(), hidden.user_id()), (None, Some("US.17")));
        let group = sent(
            r#"{ "contacts": [{ "input": "G", "wa_id": "" }], "messages": [{ "id": "wamid.A", "group_id": "G" }] }"#,
        )
        .unwrap();
        assert_eq!((group.wa_id(), group.group_id()), (None, Some("G")));

        for json in [
            r#"{ "messages": [] }"#,
            r#"{ "messages": [{ "id": "" }] }"#,
            r#"{ "messages": [{}] }"#,
            "{}",
        ] {
            assert_eq!(sent(json), None, "{json}");
        }
    }
}
