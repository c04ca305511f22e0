//! Messages of texts of which the compiler does not know the length: JSON is all that the macro makes,
//! and the data are read from it when somebody asks for them.
#![allow(missing_docs, clippy::unwrap_used)]

use wa_message::{
    InvalidMessage, Kind, Message, ProblemKind, ReadReceipt, Violation, types::MessageObject,
    wa_message,
};

fn menu(to: &str, body: String, title: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to,
        body,
        button: "See \"dishes\"",
        sections: [{ rows: [{ id: "1", title }, { id: "2", title: "Two\n" }] }],
    }
}

#[test]
fn any_text_is_read_as_it_was_given() {
    let letters = ('\u{1}'..'\u{100}').chain(['\u{2028}', '\u{FEFF}', '\u{FFFF}', '🍲']);
    for letter in letters {
        let text = format!("a{letter}\\\"{letter}b");
        let Ok(message) = menu("+15550100", text.clone(), &text) else { continue };
        assert_eq!(message.kind(), Kind::List);
        let read: Message = message.to_json().parse().unwrap();
        assert_eq!(read, message);
        assert_eq!(message.clone().to_json_bytes(), read.to_json_bytes());
        assert!(format!("{message:?}").contains(&serde_json::to_string(&text).unwrap()));
        let object = MessageObject::from(message);
        assert_eq!(object, read.into_inner());
        assert_eq!(
            Message::try_from(object).unwrap().to_json(),
            menu("+15550100", text.clone(), &text).unwrap().to_json()
        );
    }
}

#[test]
fn data_are_read_once_and_by_any_thread() {
    let message = menu("+15550100", "Pick one".to_owned(), "One").unwrap();
    let addresses: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| std::ptr::from_ref(&*message).addr())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(addresses.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_text_that_does_not_fit_is_told_as_by_the_other_doors() {
    let invalid = menu("", String::new(), "A title of 25 characters.").unwrap_err();
    let found: Vec<_> = invalid.violations().iter().map(Violation::path).collect();
    // In the order of the description.
    let title = "interactive.action.sections[0].rows[0].title";
    assert_eq!(found, ["to", "interactive.body.text", title]);
    assert!(matches!(
        invalid.violations()[2].problem().kind(),
        ProblemKind::TooLong { length: 25, max: 24, .. }
    ));

    let fits = menu("+15550100", "b".repeat(1024), "A title of 24 characters").unwrap();
    assert_eq!(fits.to(), Some("+15550100"));
    assert!(menu("+15550100", "b".repeat(1025), "One").is_err());
}

#[test]
fn a_receipt_too() {
    let id = String::from("wamid.HBgLMTU1NTAxMDA");
    let receipt: ReadReceipt = wa_message! { <read> message_id: &id }.unwrap();
    assert_eq!(receipt.message_id(), id);
    assert!(wa_message! { <read> message_id: String::new() }.is_err());
}
