//! Read a webhook with one text message into events, beside structs written by hand for that shape alone.
#![allow(missing_docs, clippy::unwrap_used, dead_code)]

use std::hint::black_box;

use serde_json::Value;
use wa_bench::{ROUNDS, Side, compare, for_the_page, measure};
use wa_message::webhook::{Item, What, parse, types::MessageContent};

/// As the API writes it.
const TEXT: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"900100200300400","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100","phone_number_id":"700100200300401"},"contacts":[{"profile":{"name":"Alex","username":"\u0040alex"},"wa_id":"15550101","user_id":"US.10000000000000000001"}],"messages":[{"from":"15550101","from_user_id":"US.10000000000000000001","id":"wamid.HBgLMTU1NTAxMDEVAgASGBQzQTdCNUQ1QkQ2QTc0RkUxMjM0NQA=","timestamp":"1790000000","text":{"body":"Is the table at eight still free?"},"type":"text"}]},"field":"messages"}]}]}"#;

/// Texts are copied.
mod copied {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(crate) struct Webhook {
        pub(crate) object: String,
        pub(crate) entry: Vec<Entry>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Entry {
        pub(crate) id: String,
        pub(crate) changes: Vec<Change>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Change {
        pub(crate) field: String,
        pub(crate) value: Value,
    }

    #[derive(Deserialize)]
    pub(crate) struct Value {
        pub(crate) messaging_product: String,
        pub(crate) metadata: Metadata,
        pub(crate) contacts: Vec<Contact>,
        pub(crate) messages: Vec<Message>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Metadata {
        pub(crate) display_phone_number: String,
        pub(crate) phone_number_id: String,
    }

    #[derive(Deserialize)]
    pub(crate) struct Contact {
        pub(crate) profile: Profile,
        pub(crate) wa_id: Option<String>,
        pub(crate) user_id: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Profile {
        pub(crate) name: String,
        pub(crate) username: Option<String>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Message {
        pub(crate) from: Option<String>,
        pub(crate) from_user_id: Option<String>,
        pub(crate) id: String,
        pub(crate) timestamp: String,
        pub(crate) r#type: String,
        pub(crate) text: Text,
    }

    #[derive(Deserialize)]
    pub(crate) struct Text {
        pub(crate) body: String,
    }
}

/// Texts are borrowed. One with an escape is a copy.
mod borrowed {
    use std::borrow::Cow;

    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(crate) struct Webhook<'a> {
        pub(crate) object: &'a str,
        #[serde(borrow)]
        pub(crate) entry: Vec<Entry<'a>>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Entry<'a> {
        pub(crate) id: &'a str,
        #[serde(borrow)]
        pub(crate) changes: Vec<Change<'a>>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Change<'a> {
        pub(crate) field: &'a str,
        #[serde(borrow)]
        pub(crate) value: Value<'a>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Value<'a> {
        pub(crate) messaging_product: &'a str,
        #[serde(borrow)]
        pub(crate) metadata: Metadata<'a>,
        #[serde(borrow)]
        pub(crate) contacts: Vec<Contact<'a>>,
        #[serde(borrow)]
        pub(crate) messages: Vec<Message<'a>>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Metadata<'a> {
        pub(crate) display_phone_number: &'a str,
        pub(crate) phone_number_id: &'a str,
    }

    #[derive(Deserialize)]
    pub(crate) struct Contact<'a> {
        #[serde(borrow)]
        pub(crate) profile: Profile<'a>,
        pub(crate) wa_id: Option<&'a str>,
        pub(crate) user_id: Option<&'a str>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Profile<'a> {
        #[serde(borrow)]
        pub(crate) name: Cow<'a, str>,
        #[serde(borrow)]
        pub(crate) username: Option<Cow<'a, str>>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Message<'a> {
        pub(crate) from: Option<&'a str>,
        pub(crate) from_user_id: Option<&'a str>,
        pub(crate) id: &'a str,
        pub(crate) timestamp: &'a str,
        pub(crate) r#type: &'a str,
        #[serde(borrow)]
        pub(crate) text: Text<'a>,
    }

    #[derive(Deserialize)]
    pub(crate) struct Text<'a> {
        #[serde(borrow)]
        pub(crate) body: Cow<'a, str>,
    }
}

fn events(body: &[u8]) -> usize {
    let mut bytes = 0;
    for event in parse(body).unwrap().events() {
        if let What::Message(message) = &event.what
            && let Item::Known(MessageContent::Text(text)) = &message.content
        {
            bytes += text.body.len() + message.id.len();
        }
        black_box(&event);
    }
    bytes
}

fn main() {
    let body = TEXT.as_bytes();
    assert_eq!(events(body), 91);
    let run = |read: &dyn Fn()| {
        read();
        Vec::new()
    };
    let sides = [
        Side { name: "parse into events", run: &|| run(&|| _ = black_box(events(body))) },
        Side {
            name: "parse into events that own their texts",
            run: &|| {
                run(&|| {
                    for event in parse(body).unwrap().events() {
                        black_box(event.into_owned());
                    }
                })
            },
        },
        Side {
            name: "serde_json into structs that borrow",
            run: &|| {
                run(&|| {
                    black_box(serde_json::from_slice::<borrowed::Webhook<'_>>(body).unwrap());
                })
            },
        },
        Side {
            name: "serde_json into structs of String",
            run: &|| {
                run(&|| {
                    black_box(serde_json::from_slice::<copied::Webhook>(body).unwrap());
                })
            },
        },
        Side {
            name: "serde_json into Value",
            run: &|| {
                run(&|| {
                    black_box(serde_json::from_slice::<Value>(body).unwrap());
                })
            },
        },
    ];
    if for_the_page() {
        println!("{}", serde_json::to_string(&measure(&sides, ROUNDS)).unwrap());
    } else {
        compare("read a webhook with one text message", &sides);
    }
}
