//! Structs with derives, written by hand: names and shapes are checked by the compiler, no limits.

pub mod types;

use types::{
    Body, Button, ButtonAction, Component, Content, Currency, DateTime, Header, Interactive,
    Language, ListAction, Media, Parameter, Reply, Request, Row, Section, Template, Text,
};

/// A list message with four rows, one without a description.
#[must_use]
pub fn list(to: &str, title: &str) -> Request {
    Request::new(to, dishes(title, None))
}

/// The same list message with a recipient type and four descriptions.
#[must_use]
pub fn list_in_full(to: &str, title: &str) -> Request {
    individual(Request::new(to, dishes(title, Some("With caramel".to_owned()))))
}

fn dishes(title: &str, pudim: Option<String>) -> Content {
    let interactive = Interactive::List {
        header: Some(Header::Text { text: "Tonight".to_owned() }),
        body: Body { text: "Pick a dish".to_owned() },
        footer: Some(Body { text: "Kitchen closes at ten".to_owned() }),
        action: ListAction {
            button: "See dishes".to_owned(),
            sections: vec![
                Section {
                    title: "Mains".to_owned(),
                    rows: vec![
                        Row {
                            id: "m1".to_owned(),
                            title: "Feijoada".to_owned(),
                            description: Some("With rice".to_owned()),
                        },
                        Row {
                            id: "m2".to_owned(),
                            title: title.to_owned(),
                            description: Some("What the market had".to_owned()),
                        },
                    ],
                },
                Section {
                    title: "Sweets".to_owned(),
                    rows: vec![
                        Row { id: "s1".to_owned(), title: "Pudim".to_owned(), description: pudim },
                        Row {
                            id: "s2".to_owned(),
                            title: "Quindim".to_owned(),
                            description: Some("With coconut".to_owned()),
                        },
                    ],
                },
            ],
        },
    };
    Content::Interactive { interactive }
}

/// A message with two reply buttons.
#[must_use]
pub fn button(to: &str, title: &str) -> Request {
    let reply = |id: &str, title: &str| Button::Reply {
        reply: Reply { id: id.to_owned(), title: title.to_owned() },
    };
    let interactive = Interactive::Button {
        header: None,
        body: Body { text: "Keep the table at eight?".to_owned() },
        footer: Some(Body { text: "We hold it for 15 minutes".to_owned() }),
        action: ButtonAction { buttons: vec![reply("keep", title), reply("cancel", "Cancel it")] },
    };
    individual(Request::new(to, Content::Interactive { interactive }))
}

/// A text message.
#[must_use]
pub fn text(to: &str, body: &str) -> Request {
    let text = Text { body: body.to_owned(), preview_url: None };
    individual(Request::new(to, Content::Text { text }))
}

/// A template message with a document, three parameters and a button.
#[must_use]
pub fn template(to: &str, name: &str) -> Request {
    let invoice = Media {
        id: None,
        link: Some("https://example.org/invoice.pdf".to_owned()),
        filename: Some("invoice.pdf".to_owned()),
    };
    let price = Currency {
        fallback_value: "$12.50".to_owned(),
        code: "USD".to_owned(),
        amount_1000: 12500,
    };
    let day = DateTime { fallback_value: "3 May 2026".to_owned() };
    let template = Template {
        name: "order_ready".to_owned(),
        language: Language { code: "en_US".to_owned() },
        components: vec![
            Component::Header { parameters: vec![Parameter::Document { document: invoice }] },
            Component::Body {
                parameters: vec![
                    Parameter::Text { text: name.to_owned() },
                    Parameter::Currency { currency: price },
                    Parameter::DateTime { date_time: day },
                ],
            },
            Component::Button {
                sub_type: "url".to_owned(),
                index: "0".to_owned(),
                parameters: vec![Parameter::Text { text: "orders/17".to_owned() }],
            },
        ],
    };
    Request::new(to, Content::Template { template })
}

fn individual(mut request: Request) -> Request {
    request.recipient_type = Some("individual".to_owned());
    request
}
