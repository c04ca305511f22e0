//! Something that happened, by itself.

use std::borrow::Cow;

use crate::{
    Person, Raw, What, Why,
    generated::events::{CHANGE, ENTRY, ROOT},
    own::Own as _,
    types,
    write::{Out, Put as _},
};

/// Something that happened: a message of a customer, what became of a message, or whatever else the API tells of.
///
/// It borrows from the body that it was read from. [`into_owned`](Self::into_owned) makes it independent, for a task
/// or a queue.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The id of the WhatsApp Business account, or of the portfolio with the fields of partners. Empty if it is not
    /// said.
    pub account: Cow<'a, str>,
    /// The time of the sending, counted in seconds since 1970. It comes with the fields of the account alone.
    pub time: Option<i64>,
    /// The business phone number that it is about.
    pub number: Option<types::Metadata<'a>>,
    /// The person that it is about, as far as the business may know them. Found by user id or number, never by
    /// position.
    pub contact: Option<types::WebhookContact<'a>>,
    /// What was said before, when another agent handed the conversation over. It stands at the first event of a change.
    pub conversation: Option<types::ConversationContext<'a>>,
    /// What happened.
    pub what: What<'a>,
    pub(crate) raw: Raw<'a>,
    pub(crate) place: Place<'a>,
    pub(crate) left_out: Faults,
}

/// What was left out. It stands beside the JSON that it is found in, so it makes no difference to an event.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(#[allow(clippy::box_collection)] Option<Box<Vec<Why>>>);

impl Faults {
    #[cold]
    pub(crate) fn new(faults: Vec<Why>) -> Self {
        // One pointer, because events are handed on by the thousand.
        Self((!faults.is_empty()).then(|| Box::new(faults)))
    }
}

impl PartialEq for Faults {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Where in a request an event stood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place<'a> {
    /// It is the whole request.
    Request,
    /// It is an entry.
    Entry,
    /// It is a change in an entry, in this field.
    Change(Cow<'a, str>),
    /// It is an array of this name that is not known, beside others in this field.
    List { field: &'static str, list: Cow<'a, str>, beside: Beside },
    /// It is an item in an array.
    Item { field: &'static str, list: &'static str, beside: Beside },
}

/// The names of what stands beside arrays of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) number: &'static str,
    pub(crate) conversation: &'static str,
    pub(crate) contacts: &'static str,
}

impl<'a> Event<'a> {
    /// Returns the field that it came in, such as `messages`. Empty if there is none.
    #[must_use]
    pub fn field(&self) -> &str {
        match &self.place {
            Place::Request | Place::Entry => "",
            Place::Change(field) => field,
            Place::List { field, .. } | Place::Item { field, .. } => field,
        }
    }

    /// Returns the JSON of what happened, with the members that this version does not know.
    ///
    /// ```
    /// use wa_message::webhook::parse;
    ///
    /// let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [
    ///     { "field": "messages", "value": { "errors": [{ "code": 131000, "mood": "bad" }] } }
    /// ] }] }"#;
    /// let event = parse(body)?.events().next().unwrap();
    /// assert_eq!(event.raw().as_str(), r#"{ "code": 131000, "mood": "bad" }"#);
    /// # Ok::<(), wa_message::webhook::NotAnObject>(())
    /// ```
    #[must_use]
    pub fn raw(&self) -> &Raw<'a> {
        match &self.what {
            What::Unknown { raw, .. } | What::Invalid { raw, .. } => raw,
            _ => &self.raw,
        }
    }

    /// Returns the reasons why members are missing that are there in the JSON: each may be missing, and does not have its
    /// form. Usually there are none, and only the first few are kept.
    ///
    /// Of the members around an event, such as the time of an entry, the first event tells. Their places begin there.
    ///
    /// ```
    /// use wa_message::webhook::{What, parse};
    ///
    /// let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
    ///     "field": "messages", "value": { "messages": [{ "id": "wamid.aW4wMQ", "timestamp": "noon",
    ///         "type": "text", "text": { "body": "Hello" } }] }
    /// }] }] }"#;
    /// let event = parse(body)?.events().next().unwrap();
    /// assert_eq!(event.left_out()[0].to_string(), "`timestamp`: a whole number was expected, and there is a text");
    /// let What::Message(message) = event.what else { panic!() };
    /// assert_eq!((message.text(), message.timestamp), (Some("Hello"), None));
    /// # Ok::<(), wa_message::webhook::NotAnObject>(())
    /// ```
    #[must_use]
    pub fn left_out(&self) -> &[Why] {
        self.left_out.0.as_deref().map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the person that it is about, if there is one. What the contact says of them is said here too.
    #[must_use]
    pub fn person(&self) -> Option<Person<'_>> {
        let contact = self.contact.as_ref().map(types::WebhookContact::person);
        let person = match (self.what.person(), contact) {
            (Some(person), Some(contact)) if person.is_known() => Some(person.or(contact)),
            (person, contact) => person.or(contact),
        };
        person.filter(Person::is_known)
    }

    /// Writes a webhook with this event alone, as it came: what a queue or a table keeps. [`parse`](crate::parse)
    /// reads it again.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = Out::default();
        if self.place == Place::Request {
            return self.raw().as_str().to_owned();
        }
        out.json.push('{');
        if let Some((words, _, _)) = ROOT.arms.first() {
            out.name(ROOT.tag.text);
            out.text(words.first().copied().unwrap_or_default());
        }
        out.name(ROOT.arms.first().map_or("", |(_, entries, _)| entries.text));
        out.json.push('[');
        self.put_entry(&mut out);
        out.json.push_str("]}");
        out.json
    }

    fn put_entry(&self, out: &mut Out) {
        if self.place == Place::Entry {
            return self.raw().put(out, crate::write::Form::Own);
        }
        let [account, time, changes] = ENTRY;
        out.json.push('{');
        if !account.is_empty() && !self.account.is_empty() {
            out.name(account);
            out.text(&self.account);
        }
        if let Some(value) = self.time {
            out.name(time);
            out.json.push_str(&value.to_string());
        }
        out.name(changes);
        out.json.push('[');
        match &self.place {
            Place::Item { field, list, beside } => {
                let item = format!("[{}]", self.raw().as_str());
                self.put_value(out, field, list, beside, &item);
            }
            Place::List { field, list, beside } => {
                self.put_value(out, field, list, beside, self.raw().as_str());
            }
            _ => out.json.push_str(self.raw().as_str()),
        }
        out.json.push_str("]}");
    }

    fn put_value(&self, out: &mut Out, field: &str, list: &str, beside: &Beside, items: &str) {
        let [tag, value] = CHANGE;
        out.json.push('{');
        out.name(tag.text);
        out.text(field);
        out.name(value.text);
        out.json.push('{');
        let member = |out: &mut Out, name: &str, value: &dyn crate::write::Put| {
            if !value.is_absent() {
                out.name(name);
                value.put(out, crate::write::Form::Own);
            }
        };
        member(out, beside.number, &self.number);
        member(out, beside.conversation, &self.conversation);
        if self.contact.is_some() {
            out.name(beside.contacts);
            out.json.push('[');
            self.contact.put(out, crate::write::Form::Own);
            out.json.push(']');
        }
        out.name(list);
        out.json.push_str(items);
        out.json.push_str("}}");
    }

    /// Copies what it borrows, so that it can outlive the body.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        Event {
            account: self.account.own(),
            time: self.time,
            number: self.number.own(),
            contact: self.contact.own(),
            conversation: self.conversation.own(),
            what: self.what.into_owned(),
            raw: self.raw.own(),
            left_out: self.left_out,
            place: match self.place {
                Place::Request => Place::Request,
                Place::Entry => Place::Entry,
                Place::Change(field) => Place::Change(field.own()),
                Place::List { field, list, beside } => {
                    Place::List { field, list: list.own(), beside }
                }
                Place::Item { field, list, beside } => Place::Item { field, list, beside },
            },
        }
    }
}
