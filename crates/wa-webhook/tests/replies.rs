//! Answers to messages that came: to whom they go, and what they quote.
#![allow(clippy::unwrap_used)]

use wa_message::{
    InvalidMessage, Message, ToReceipt, Violation,
    value::{Addressee, IntoAddressee},
    wa_message,
    webhook::{
        Person, What, parse,
        types::{HistoryMessage, IncomingMessage},
    },
};

fn incoming(members: &str) -> IncomingMessage<'static> {
    let body = format!(
        r#"{{ "object": "whatsapp_business_account", "entry": [{{ "id": "900100", "changes": [{{
            "field": "messages", "value": {{ "messages": [{{
                "id": "wamid.aW4wMQ", "timestamp": "1790000000", {members}
            }}] }} }}] }}] }}"#
    );
    let event = parse(body.as_bytes()).unwrap().events().next().unwrap().into_owned();
    let What::Message(message) = event.what else { panic!("{event:?}") };
    message
}

fn text(members: &str) -> IncomingMessage<'static> {
    incoming(&format!(r#"{members}, "type": "text", "text": {{ "body": "Hello" }}"#))
}

/// Of texts alone, and with data: the macro makes the two in different ways.
fn answers(message: &IncomingMessage<'_>) -> [Result<Message, InvalidMessage>; 2] {
    let dishes = ["One", "Two"];
    [
        wa_message! { <text> to: message, context: message, body: "Hello" },
        wa_message! { <list> to: message, context: message, body: "Pick one", button: "Dishes", sections: [
            { rows: [for title in dishes { id: title, title }] },
        ] },
    ]
}

#[test]
fn a_person_with_a_number_is_answered_there() {
    let message = text(r#""from": "15550101", "from_user_id": "US.13491208655302741918""#);
    for answer in answers(&message) {
        let answer = answer.unwrap();
        assert_eq!((answer.to(), answer.recipient()), (Some("+15550101"), None));
        assert!(!answer.lints().iter().any(|lint| lint.path() == "to"), "{:?}", answer.lints());
        assert_eq!(answer.context.as_ref().unwrap().message_id, "wamid.aW4wMQ");
    }
}

/// What came without `+` has the country code, and the API may put another one before a number without `+`.
#[test]
fn a_number_is_written_with_its_plus() {
    for (came, goes) in [
        ("15550101", "+15550101"),
        ("+15550101", "+15550101"),
        // No country code begins with 0: this is none, and is answered as it came.
        ("015550101", "015550101"),
        ("Y2FwdGFpbg", "Y2FwdGFpbg"),
        ("1 555 0101", "1 555 0101"),
        ("", ""),
    ] {
        let person = Person::new(None, Some(came));
        assert_eq!(person.into_addressee(), Addressee::to(goes), "{came}");
        assert_eq!((&person).into_addressee(), Addressee::to(goes), "{came}");
    }
}

#[test]
fn a_person_without_number_is_a_recipient() {
    let message = text(r#""from_user_id": "US.13491208655302741918""#);
    for answer in answers(&message) {
        let answer = answer.unwrap();
        assert_eq!((answer.to(), answer.recipient()), (None, Some("US.13491208655302741918")));
        assert_eq!(answer.addressee(), "US.13491208655302741918");
        assert_eq!(answer.context.as_ref().unwrap().message_id, "wamid.aW4wMQ");
        // What is sent is what the message says of itself.
        let again: Message = answer.to_json().parse().unwrap();
        assert_eq!(again, answer);
        assert!(!answer.to_json().contains("\"to\""));
    }
}

#[test]
fn a_group_is_answered_as_a_group() {
    for id in ["Y2FwaV9ncm91cA", "120363000000000000"] {
        let message = text(&format!(r#""from": "15550101", "group_id": "{id}""#));
        let answer = wa_message! { <text> to: &message, body: "Hello" }.unwrap();
        assert_eq!(answer.to(), Some(id));
        assert!(answer.to_json().contains(r#""recipient_type":"group""#));
    }
}

/// Whoever something is about, and nobody else who is named beside: neither the group nor the business.
#[test]
fn a_person_is_neither_a_group_nor_the_business() {
    const US: &str = "US.10000000000000000001";
    let person = |field: &str, list: &str, members: &str| {
        let value = format!(r#"{{ "{list}": [{{ "id": "a", {members} }}] }}"#);
        let body = format!(
            r#"{{ "entry": [{{ "changes": [{{ "field": "{field}", "value": {value} }}] }}] }}"#
        );
        let event = parse(body.as_bytes()).unwrap().events().next().unwrap().into_owned();
        let person = event.person();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        person.map(|person| (text(person.user_id()), text(person.number())))
    };
    let both = |id: &str, number: &str| Some((id.to_owned(), number.to_owned()));
    for (members, expected) in [
        (r#""recipient_id": "15550101""#.to_owned(), both("", "15550101")),
        (format!(r#""recipient_id": "15550101", "recipient_user_id": "{US}""#), both(US, "15550101")),
        (r#""recipient_id": "120363000000000000", "recipient_type": "group""#.to_owned(), None),
        (r#""recipient_id": "120363000000000000", "recipient_type": "GROUP""#.to_owned(), None),
        (
            format!(
                r#""recipient_id": "120363000000000000", "recipient_type": "group", "recipient_participant_user_id": "{US}""#
            ),
            both(US, ""),
        ),
        (
            r#""recipient_id": "120363000000000000", "recipient_type": "group", "recipient_participant_id": "15550101""#
                .to_owned(),
            both("", "15550101"),
        ),
        (
            r#""recipient_id": "15550101", "recipient_type": "individual""#.to_owned(),
            both("", "15550101"),
        ),
    ] {
        let members = format!(r#""status": "sent", {members}"#);
        assert_eq!(person("messages", "statuses", &members), expected, "{members}");
    }
    // `15550100` is the number of the business.
    for (members, expected) in [
        (
            r#""from": "15550101", "to": "15550100", "direction": "USER_INITIATED""#.to_owned(),
            both("", "15550101"),
        ),
        (
            format!(r#""from_user_id": "{US}", "to": "15550100", "direction": "USER_INITIATED""#),
            both(US, ""),
        ),
        (r#""to": "15550100", "direction": "USER_INITIATED""#.to_owned(), None),
        (
            r#""from": "15550100", "to": "15550101", "direction": "BUSINESS_INITIATED""#.to_owned(),
            both("", "15550101"),
        ),
        (
            format!(
                r#""from": "15550100", "to_user_id": "{US}", "direction": "BUSINESS_INITIATED""#
            ),
            both(US, ""),
        ),
        // Nobody says who calls, and a business has no user id.
        (format!(r#""from": "15550100", "to_user_id": "{US}""#), both(US, "")),
        (format!(r#""from_user_id": "{US}", "to": "15550100""#), both(US, "")),
        (r#""from": "15550101", "to": "15550100""#.to_owned(), both("", "15550101")),
    ] {
        assert_eq!(person("calls", "calls", &members), expected, "{members}");
    }
}

/// With a message of the business in an older chat, its recipient is said.
#[test]
fn an_older_message_is_about_the_customer_whoever_wrote_it() {
    let mut message = HistoryMessage::default();
    message.from = Some("15550101".into());
    assert_eq!(message.person().number(), Some("15550101"));
    (message.from, message.to) = (Some("15550100".into()), Some("15550101".into()));
    assert_eq!(message.person().number(), Some("15550101"));
}

#[test]
fn nobody_is_no_addressee() {
    let nobody = text(r#""from": """#);
    for answer in answers(&nobody) {
        let said = answer.unwrap_err().to_string();
        assert!(said.contains("`to`"), "{said}");
    }
    let odd = text(r#""from_user_id": "17""#);
    for answer in answers(&odd) {
        let invalid = answer.unwrap_err();
        assert_eq!(invalid.violations().first().unwrap().path(), "recipient");
    }
}

#[test]
fn other_errors_are_told_beside() {
    let message = text(r#""from_user_id": "US.13491208655302741918""#);
    let empty = String::new();
    let invalid = wa_message! { <text> to: &message, body: empty }.unwrap_err();
    let paths: Vec<_> = invalid.violations().iter().map(Violation::path).collect();
    assert_eq!(paths, ["text.body"]);
    // Where the kind of addressee is written, the member takes a text, and no mark means anything.
    let number = "group\u{1}US.13491208655302741918";
    let by_hand = wa_message! { <text> recipient_type: "individual", to: number, body: "Hello" };
    assert_eq!(by_hand.unwrap_err().violations().first().unwrap().path(), "to");
}

#[test]
fn the_same_message_goes_to_whoever_wrote() {
    let menu = wa_message! { <text> to: "+15550100", body: "We open on Friday." };
    let hidden = text(r#""from_user_id": "US.13491208655302741918""#);
    let group = text(r#""from": "15550101", "group_id": "Y2FwaV9ncm91cA""#);
    let known = text(r#""from": "15550101""#);
    let [hidden, group, known] = [&hidden, &group, &known].map(|to| menu.with_to(to).unwrap());
    assert_eq!((hidden.to(), hidden.recipient()), (None, Some("US.13491208655302741918")));
    assert_eq!(group.to(), Some("Y2FwaV9ncm91cA"));
    assert_eq!(known.to(), Some("+15550101"));
    let back = group.with_to(Addressee::to("15550102")).unwrap();
    assert!(!back.to_json().contains("recipient_type"));
}

#[test]
fn persons_are_addressees_and_messages_receipts() {
    let message = text(r#""from_user_id": "US.13491208655302741918""#);
    let answer = wa_message! { <text> to: message.person(), body: "Hello" }.unwrap();
    assert_eq!(answer.recipient(), Some("US.13491208655302741918"));
    assert_eq!(message.person().into_addressee(), (&message).into_addressee());
    assert_eq!(message.to_receipt().unwrap().message_id(), "wamid.aW4wMQ");
}

#[test]
fn what_was_chosen_is_found_wherever_it_stands() {
    let from = r#""from": "15550101", "type": "interactive", "interactive": "#;
    for (members, choice) in [
        (
            format!(
                r#"{from}{{ "type": "button_reply", "button_reply": {{ "id": "keep", "title": "Keep" }} }}"#
            ),
            Some("keep"),
        ),
        (
            format!(
                r#"{from}{{ "type": "list_reply", "list_reply": {{ "id": "m1", "title": "One" }} }}"#
            ),
            Some("m1"),
        ),
        (
            r#""from": "15550101", "type": "button", "button": { "payload": "p1", "text": "Yes" }"#
                .to_owned(),
            Some("p1"),
        ),
        (r#""from": "15550101", "type": "text", "text": { "body": "Yes" }"#.to_owned(), None),
        (format!(r#"{from}{{ "type": "button_reply", "button_reply": 7 }}"#), None),
    ] {
        assert_eq!(incoming(&members).choice(), choice, "{members}");
    }
    assert_eq!(text(r#""from": "15550101""#).text(), Some("Hello"));
    let form = incoming(&format!(
        r#"{from}{{ "type": "nfm_reply", "nfm_reply": {{ "response_json": "{{\"size\":\"M\"}}" }} }}"#
    ));
    assert_eq!(form.form().unwrap().as_str(), r#"{"size":"M"}"#);
    let order = incoming(
        r#""from": "15550101", "type": "order", "order": { "catalog_id": "1", "product_items": [{ "product_retailer_id": "a" }] }"#,
    );
    assert_eq!(order.order().unwrap().product_items.len(), 1);
}
