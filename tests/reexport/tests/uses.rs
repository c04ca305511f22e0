//! The macro of a crate that is there under no name of its own.
#![deny(warnings)]
#![allow(clippy::unwrap_used)]

use wa_message_reexport::{InvalidMessage, Message, message, text};

const SHOP: &str = "The kitchen";
const FIXED: Message = text!("Hello");

fn menu(to: &str, dishes: &[&str]) -> Result<Message, InvalidMessage> {
    message! { <list>
        to,
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [for dish in dishes { id: dish, title: dish }] }],
    }
}

#[test]
fn literals_constants_and_values() {
    assert_eq!(FIXED.to(), Some("+15550100"));
    assert_eq!(text!("Hello"), wa_message_reexport::text("Hello").unwrap());
    assert_eq!(text!(const { SHOP }), wa_message_reexport::text(SHOP).unwrap());
    let name = String::from("Ada");
    assert!(text!(format!("Hello {name}")).is_ok());
    assert!(menu("+15550100", &["Feijoada"]).is_ok());
    let data = message! { <flow>
        to: "+15550100",
        body: "Book a table",
        flow_id: "1254213574875421",
        flow_cta: "Book",
        flow_action_payload: { screen: "GUESTS", data: { name, guests: [1, 2] } },
    };
    assert!(data.is_ok());
}
