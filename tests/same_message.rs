//! The same message to somebody else, and with other callback data.
#![allow(missing_docs, clippy::unwrap_used)]

use wa_message::{Message, wa_message};

/// The same message in all the ways in which it can be held: proven by the macro, written by it, as data,
/// and read from JSON.
fn messages() -> [Message; 4] {
    let proven =
        wa_message! { <text> to: "+15550100", body: "We open on Friday.", preview_url: true };
    let to = String::from("+15550100");
    let written = wa_message! { <text> to, body: "We open on Friday.", preview_url: true }.unwrap();
    let built = Message::try_from(proven.clone().into_inner()).unwrap();
    let read = proven.to_json().parse().unwrap();
    [proven, written, built, read]
}

#[test]
fn goes_to_somebody_else() {
    let wanted =
        wa_message! { <text> to: "+15550101", body: "We open on Friday.", preview_url: true };
    for message in messages() {
        let other = message.with_to("+15550101").unwrap();
        assert_eq!(other, wanted);
        assert_eq!(other.to_json(), wanted.to_json());
        assert_eq!(other.to(), Some("+15550101"));
        assert_eq!(other.with_to("+15550100").unwrap(), message);
        // The one it was made of is what it was.
        assert_eq!(message.to(), Some("+15550100"));
    }
}

#[test]
fn is_checked() {
    for message in messages() {
        for wrong in ["", "Ada", "0015550100", "US.13491208655302741918", "+", "a\"b"] {
            let invalid = message.with_to(wrong).unwrap_err();
            assert_eq!(invalid.violations()[0].path(), "to", "{wrong}");
        }
        assert!(message.with_to("+1 (555) 0100").is_ok());
        let invalid = message.with_callback_data("d".repeat(513)).unwrap_err();
        assert_eq!(invalid.violations()[0].path(), "biz_opaque_callback_data");
        assert!(message.with_recipient("Ada").is_err());
    }
}

#[test]
fn has_one_addressee() {
    for message in messages() {
        let hidden = message.with_recipient("US.13491208655302741918").unwrap();
        assert_eq!((hidden.to(), hidden.recipient()), (None, Some("US.13491208655302741918")));
        assert_eq!(hidden.with_to("+15550100").unwrap(), message);
    }
    let (to, recipient) = (String::from("+15550100"), "US.13491208655302741918");
    let both = wa_message! { <text> to, recipient: recipient, body: "Hello" }.unwrap();
    let one = both.with_to("+15550101").unwrap();
    assert_eq!((one.to(), one.recipient()), (Some("+15550101"), None));
}

#[test]
fn stays_in_its_group() {
    let group = wa_message! { <text> recipient_type: "group", to: "Y2FwaV9ncm91cA", body: "Hello" };
    let other = group.with_to("Y2FwaV9vdGhlcg").unwrap();
    assert_eq!(other.to(), Some("Y2FwaV9vdGhlcg"));
    assert!(group.with_recipient("US.13491208655302741918").is_err());
}

#[test]
fn has_data_of_its_own() {
    for message in messages() {
        let first = message.with_callback_data("friday-1").unwrap();
        let second = first.with_callback_data("friday-2").unwrap();
        assert_eq!(first.biz_opaque_callback_data.as_deref(), Some("friday-1"));
        assert_eq!(second.biz_opaque_callback_data.as_deref(), Some("friday-2"));
        assert_eq!(
            second.with_to("+15550101").unwrap().biz_opaque_callback_data,
            second.biz_opaque_callback_data
        );
        assert_eq!(message.biz_opaque_callback_data, None);
    }
}
