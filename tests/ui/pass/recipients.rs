// A message goes to a phone number or to a business-scoped user id, also when only the program knows which.
use wa_message::{InvalidMessage, Message, wa_message};

const USER: &str = "US.13491208655302741918";

fn hello(number: Option<&str>, user: Option<String>) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: number, recipient: user, body: "Hello" }
}

fn main() {
    let literal: Message = wa_message! { <text> recipient: "US.13491208655302741918", body: "Hello" };
    assert_eq!((literal.to(), literal.recipient()), (None, Some(USER)));
    assert_eq!(literal.addressee(), USER);
    let constant: Message = wa_message! { <text> recipient: const { USER }, body: "Hello" };
    assert_eq!(constant, literal);

    // The JSON alone is written of these, and read when somebody asks.
    let recipient = USER.to_owned();
    let known = wa_message! { <text> recipient, body: "Hello" }.unwrap();
    assert_eq!((known.addressee(), known.to(), known.recipient()), (USER, None, Some(USER)));
    assert_eq!(known, literal);
    let to = "+1 555 0100".to_owned();
    let known = wa_message! { <text> to: &to, body: "Hello" }.unwrap();
    assert_eq!((known.addressee(), known.to(), known.recipient()), (&*to, Some(&*to), None));
    let both = wa_message! { <text> to, recipient: USER, body: "Hello" }.unwrap();
    assert_eq!((both.to(), both.recipient()), (Some("+1 555 0100"), Some(USER)));
    assert_eq!((both.addressee(), both.lints().len()), ("+1 555 0100", 1));

    let numbers = |invalid: InvalidMessage| {
        invalid.violations().iter().map(|violation| violation.number()).collect::<Vec<_>>()
    };
    assert_eq!(hello(Some("+15550100"), None).unwrap().addressee(), "+15550100");
    assert_eq!(hello(None, Some(USER.to_owned())).unwrap().addressee(), USER);
    assert_eq!(numbers(hello(None, None).unwrap_err()), [Some(7)]);
    for wrong in ["Ada", "0015550100", "+", USER, "a@b"] {
        let to = wrong.to_owned();
        assert_eq!(numbers(wa_message! { <text> to, body: "Hello" }.unwrap_err()), [Some(77)]);
        assert_eq!(numbers(hello(Some(wrong), None).unwrap_err()), [Some(77)]);
        // A group is called what it likes.
        let group = wa_message! { <text> recipient_type: "group", to: wrong, body: "Hello" };
        assert_eq!(group.unwrap().to(), Some(wrong));
    }
    for wrong in ["+15550100", "US.", "us.1", "US 1"] {
        let recipient = wrong.to_owned();
        let invalid = wa_message! { <text> recipient, body: "Hello" }.unwrap_err();
        assert_eq!(numbers(invalid), [Some(78)]);
    }
}
