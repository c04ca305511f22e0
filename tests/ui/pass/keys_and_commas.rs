// Bare, raw and quoted names, names that are keywords, commas at the end, comments.
#![deny(warnings)]
use wa_message::wa_message;

fn main() {
    // A comment before the kind.
    let bare = wa_message! { <contacts> // one behind it
        to: "+15550100", /* one between fields */
        contacts: [ // one in an array
            {
                name: { formatted_name: "Ada Berg", first_name: "Ada" },
                phones: [{ phone: "+15550101", type: "WORK" }],
                // one at the end
            },
        ],
    };
    let quoted = wa_message! { <contacts>
        "to": "+15550100",
        "contacts": [{
            "name": { "formatted_name": "Ada Berg", "first_name": "Ada" },
            "phones": [{ "phone": "+15550101", "type": "WORK" }]
        }]
    };
    let raw = wa_message! { <r#contacts>
        r#to: r"+15550100",
        contacts: [{
            r#name: { formatted_name: r#"Ada Berg"#, "first_name": "Ada" },
            phones: [{ phone: "+1555\
                0101", r#type: "\x57ORK" }],
        }],
    };
    assert_eq!(bare, quoted);
    assert_eq!(bare, raw);

    let wire = wa_message!({
        messaging_product: "whatsapp", // names may be bare in the wire form
        r#to: "+15550100",
        "type": "contacts",
        contacts: [{ name: { formatted_name: "Ada Berg", first_name: "Ada", }, phones: [{ phone: "+15550101", type: "WORK", },], },],
    });
    assert_eq!(bare, wire);

    // A name alone takes the variable of that name.
    let (to, body, r#type) = ("+15550100", "Hello", "WORK");
    let shorthand = wa_message! { <text> to, body };
    assert_eq!(shorthand.ok(), wa_message! { <text> body: "Hello", r#to }.ok());
    let shorthand = wa_message! { <contacts>
        to,
        contacts: [{
            name: { formatted_name: "Ada Berg", first_name: "Ada" },
            phones: [{ phone: "+15550101", r#type }],
        }],
    };
    assert_eq!(shorthand.as_ref().ok(), Some(&bare));

    // Keys of free JSON are any names.
    let flow = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: { type: 1, "with blank": 2, r#match: [3], self: {}, "": null } },
    };
    assert!(
        flow.to_json().contains(r#""with blank":2"#) && flow.to_json().contains(r#""match":[3]"#)
    );
}
