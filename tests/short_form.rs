//! The short form beside the documents that it means: for every kind of message, once of literals and
//! once of values that are known while the program runs. And the wire form: the documents of `examples/`,
//! pasted as they are.
#![allow(clippy::unwrap_used, clippy::too_many_lines, missing_docs)]

use std::{error::Error, sync::Arc};

use serde_json::{Value, json};
use wa_message::{Message, ReadReceipt, types, wa_message};

type Outcome = Result<(), Box<dyn Error>>;

/// A message is written as the document, by both writers, and the document is read as the message.
#[track_caller]
fn same(message: &Message, wire: &Value) {
    let written: Value = serde_json::from_str(&message.to_json()).unwrap();
    assert_eq!(written, *wire);
    assert_eq!(serde_json::to_value(message).unwrap(), *wire);
    assert_eq!(Message::try_from(wire).unwrap(), *message);
}

#[track_caller]
fn same_receipt(receipt: &ReadReceipt, wire: &Value) {
    let written: Value = serde_json::from_str(&receipt.to_json()).unwrap();
    assert_eq!(written, *wire);
    assert_eq!(serde_json::to_value(receipt).unwrap(), *wire);
    assert_eq!(ReadReceipt::try_from(wire).unwrap(), *receipt);
}

/// A document with the content of a type.
fn document(kind: &str, content: &Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": kind, kind: content })
}

/// A document with the content of an interactive type.
#[allow(clippy::needless_pass_by_value)] // It reads better at the calls.
fn interactive(content: Value) -> Value {
    document("interactive", &content)
}

/// The same document with one member more.
fn with(mut document: Value, name: &str, value: &str) -> Value {
    document[name] = value.into();
    document
}

#[test]
fn envelope() -> Outcome {
    let wire = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550100",
        "context": { "message_id": "wamid.HBgL" },
        "biz_opaque_callback_data": "order 17",
        "type": "text",
        "text": { "body": "Hello" },
    });
    let message: Message = wa_message! { <text>
        recipient_type: "individual",
        to: "+15550100",
        context: "wamid.HBgL",
        biz_opaque_callback_data: "order 17",
        body: "Hello",
    };
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: "+15550100",
        context: { message_id: "wamid.HBgL" },
        biz_opaque_callback_data: "order 17",
        type: "text",
        body: "Hello",
    };
    same(&message, &wire);

    let (to, order, quoted) = ("+15550100", 17, String::from("wamid.HBgL"));
    let message: Message = wa_message! { <text>
        recipient_type: types::RecipientType::Individual,
        to,
        context: &quoted,
        biz_opaque_callback_data: format!("order {order}"),
        body: "Hello",
    }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        recipient_type: Some(types::RecipientType::Individual),
        to,
        context: types::Context::new(quoted.as_str()),
        biz_opaque_callback_data: Some("order 17"),
        body: "Hello",
    }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        recipient_type: "individual",
        to,
        context: { message_id: quoted },
        biz_opaque_callback_data: "order 17",
        body: "Hello",
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn text() -> Outcome {
    let wire = document("text", &json!({ "body": "See https://example.org", "preview_url": true }));
    let message: Message =
        wa_message! { <text> to: "+15550100", body: "See https://example.org", preview_url: true };
    same(&message, &wire);

    let (to, body, preview_url) = ("+15550100", String::from("See https://example.org"), true);
    let message: Message = wa_message! { <text> to, body: &body, preview_url: preview_url }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text> to, body, preview_url: Some(preview_url) }?;
    same(&message, &wire);

    let plain = document("text", &json!({ "body": "Hello" }));
    same(&wa_message! { <text> to: "+15550100", body: "Hello" }, &plain);
    let preview: Option<bool> = None;
    let message = wa_message! { <text> to, body: "Hello", preview_url: preview }?;
    same(&message, &plain);
    let not = document("text", &json!({ "body": "Hello", "preview_url": false }));
    same(&wa_message! { <text> to: "+15550100", body: "Hello", preview_url: false }, &not);
    Ok(())
}

#[test]
fn reaction() -> Outcome {
    let wire = document("reaction", &json!({ "message_id": "wamid.HBgL", "emoji": "😀" }));
    let message: Message =
        wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "\u{1F600}" };
    same(&message, &wire);
    let (received, emoji) = (String::from("wamid.HBgL"), '😀');
    let message: Message =
        wa_message! { <reaction> to: "+15550100", message_id: received, emoji: emoji }?;
    same(&message, &wire);

    let taken_back = document("reaction", &json!({ "message_id": "wamid.HBgL", "emoji": "" }));
    same(
        &wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "" },
        &taken_back,
    );
    let emoji = String::new();
    let message = wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji }?;
    same(&message, &taken_back);
    Ok(())
}

#[test]
fn image() -> Outcome {
    let by_id = document("image", &json!({ "id": "1013859600285441" }));
    let message: Message = wa_message! { <image> to: "+15550100", id: "1013859600285441" };
    same(&message, &by_id);
    let id = "1013859600285441";
    same(&wa_message! { <image> to: "+15550100", id }?, &by_id);

    let link = "https://example.org/oven.png";
    let by_link = document("image", &json!({ "link": link, "caption": "The oven" }));
    let message: Message = wa_message! { <image>
        to: "+15550100",
        link: "https://example.org/oven.png",
        caption: "The oven",
    };
    same(&message, &by_link);
    let caption: Arc<str> = "The oven".into();
    same(&wa_message! { <image> to: "+15550100", link, caption: caption }?, &by_link);

    // One of the two, as it turns out while the program runs.
    let (id, link) = (None::<String>, Some(link));
    let caption = Some("The oven");
    same(&wa_message! { <image> to: "+15550100", id, link, caption }?, &by_link);
    Ok(())
}

#[test]
fn audio() -> Outcome {
    let wire = document("audio", &json!({ "id": "1013859600285442", "voice": true }));
    let message: Message =
        wa_message! { <audio> to: "+15550100", id: "1013859600285442", voice: true };
    same(&message, &wire);
    let (id, voice) = (1_013_859_600_285_442_u64, Some(true));
    same(&wa_message! { <audio> to: "+15550100", id: id.to_string(), voice }?, &wire);

    let wire = document("audio", &json!({ "link": "http://example.org/morning.ogg" }));
    same(&wa_message! { <audio> to: "+15550100", link: "http://example.org/morning.ogg" }, &wire);
    let host = "example.org";
    let message =
        wa_message! { <audio> to: "+15550100", link: format!("http://{host}/morning.ogg") }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn video() -> Outcome {
    let link = "https://example.org/oven.mp4";
    let wire = document("video", &json!({ "link": link, "caption": "At work" }));
    let message: Message = wa_message! { <video>
        to: "+15550100",
        link: "https://example.org/oven.mp4",
        caption: "At work",
    };
    same(&message, &wire);
    let caption = Some(String::from("At work"));
    same(&wa_message! { <video> to: "+15550100", link: link, caption: caption }?, &wire);
    let wire = document("video", &json!({ "id": "1013859600285443" }));
    same(&wa_message! { <video> to: "+15550100", id: "1013859600285443" }, &wire);
    let caption: Option<&str> = None;
    same(&wa_message! { <video> to: "+15550100", id: "1013859600285443", caption }?, &wire);
    Ok(())
}

#[test]
fn document_kind() -> Outcome {
    let link = "https://example.org/menu.pdf";
    let content = json!({ "link": link, "caption": "This week", "filename": "menu.pdf" });
    let wire = document("document", &content);
    let message: Message = wa_message! { <document>
        to: "+15550100",
        link: "https://example.org/menu.pdf",
        caption: "This week",
        filename: "menu.pdf",
    };
    same(&message, &wire);
    let (caption, stem) = ("This week", "menu");
    let message = wa_message! { <document>
        filename: format!("{stem}.pdf"),
        caption: caption,
        link: link,
        to: "+15550100",
    }?;
    same(&message, &wire);
    let wire = document("document", &json!({ "id": "1013859600285444" }));
    same(&wa_message! { <document> to: "+15550100", id: "1013859600285444" }, &wire);
    let filename: Option<String> = None;
    same(&wa_message! { <document> to: "+15550100", id: "1013859600285444", filename }?, &wire);
    Ok(())
}

#[test]
fn sticker() -> Outcome {
    let wire = document("sticker", &json!({ "id": "1013859600285445" }));
    let message: Message = wa_message! { <sticker> to: "+15550100", id: "1013859600285445" };
    same(&message, &wire);
    let id: Box<str> = "1013859600285445".into();
    same(&wa_message! { <sticker> to: "+15550100", id: &id }?, &wire);
    let wire = document("sticker", &json!({ "link": "https://example.org/bread.webp" }));
    same(&wa_message! { <sticker> to: "+15550100", link: "https://example.org/bread.webp" }, &wire);
    let link = "https://example.org/bread.webp";
    same(&wa_message! { <sticker> to: "+15550100", link }?, &wire);
    Ok(())
}

#[test]
fn location() -> Outcome {
    let content = json!({
        "latitude": 59.9139, "longitude": -10.7522, "name": "Harbour office", "address": "Quay 4",
    });
    let wire = document("location", &content);
    let message: Message = wa_message! { <location>
        to: "+15550100",
        latitude: 59.9139,
        longitude: -10.7522,
        name: "Harbour office",
        address: "Quay 4",
    };
    same(&message, &wire);
    let (latitude, longitude, name) = (59.9139, 10.7522, Some("Harbour office"));
    let message = wa_message! { <location>
        to: "+15550100",
        latitude,
        longitude: -longitude,
        name,
        address: String::from("Quay 4"),
    }?;
    same(&message, &wire);

    // Whole numbers, and numbers that are written as texts.
    let wire = document("location", &json!({ "latitude": -90.0, "longitude": 10.5 }));
    same(&wa_message! { <location> to: "+15550100", latitude: -90, longitude: "10.5" }, &wire);
    let (latitude, longitude) = (-90_i32, 10.5_f32);
    same(
        &wa_message! { <location> to: "+15550100", latitude: latitude, longitude: longitude }?,
        &wire,
    );
    Ok(())
}

#[test]
fn contacts() -> Outcome {
    let wire = document(
        "contacts",
        &json!([
            {
                "name": { "formatted_name": "Ada Berg", "first_name": "Ada", "last_name": "Berg" },
                "birthday": "1984-07-09",
                "addresses": [{ "city": "Oslo", "country_code": "NO", "type": "HOME" }],
                "emails": [{ "email": "ada@example.org" }, { "email": "ada@bakery.example", "type": "WORK" }],
                "org": { "company": "Berg Bakery" },
                "phones": [{ "phone": "+15550101", "wa_id": "15550101" }],
                "urls": [{ "url": "https://example.org/ada" }],
            },
            { "name": { "formatted_name": "Ole", "first_name": "Ole" } },
        ]),
    );
    let message: Message = wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            {
                name: { formatted_name: "Ada Berg", first_name: "Ada", last_name: "Berg" },
                birthday: "1984-07-09",
                addresses: [{ city: "Oslo", country_code: "NO", type: "HOME" }],
                emails: ["ada@example.org", { email: "ada@bakery.example", type: "WORK" }],
                org: "Berg Bakery",
                phones: [{ phone: "+15550101", wa_id: "15550101" }],
                urls: ["https://example.org/ada"],
            },
            { name: { formatted_name: "Ole", first_name: "Ole" } },
        ],
    };
    same(&message, &wire);

    let (first, birthday, company, work) = ("Ada", Some("1984-07-09"), "Berg Bakery", "WORK");
    let emails = ["ada@example.org"];
    let message = wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            {
                name: { formatted_name: format!("{first} Berg"), first_name: first, last_name: "Berg" },
                birthday,
                addresses: vec![
                    types::Address::default().with_city("Oslo").with_country_code("NO").with_type("HOME"),
                ],
                emails: [..emails, { email: "ada@bakery.example", type: work }],
                org: company,
                phones: [types::Phone::default().with_phone("+15550101").with_wa_id("15550101")],
                urls: [for path in ["ada"] { url: format!("https://example.org/{path}") }],
            },
            for name in ["Ole"] { name: { formatted_name: name, first_name: name } },
        ],
    }?;
    same(&message, &wire);

    let ada = types::Contact::new(
        types::ContactName::new("Ada Berg").with_first_name(first).with_last_name("Berg"),
    )
    .with_birthday("1984-07-09")
    .with_addresses([types::Address::default()
        .with_city("Oslo")
        .with_country_code("NO")
        .with_type("HOME")])
    .with_emails([
        types::Email::default().with_email("ada@example.org"),
        types::Email::default().with_email("ada@bakery.example").with_type("WORK"),
    ])
    .with_org(types::Organization::default().with_company("Berg Bakery"))
    .with_phones([types::Phone::default().with_phone("+15550101").with_wa_id("15550101")])
    .with_urls([types::Url::default().with_url("https://example.org/ada")]);
    let ole = types::Contact::new(types::ContactName::new("Ole").with_first_name("Ole"));
    let both = vec![ada.clone(), ole.clone()];
    same(&wa_message! { <contacts> to: "+15550100", contacts: both }?, &wire);
    same(&wa_message! { <contacts> to: "+15550100", contacts: [ada, ..Some(ole)] }?, &wire);
    Ok(())
}

#[test]
fn button() -> Outcome {
    let buttons = json!([
        { "type": "reply", "reply": { "id": "keep", "title": "Keep" } },
        { "type": "reply", "reply": { "id": "cancel", "title": "Cancel" } },
    ]);
    let wire = interactive(json!({
        "type": "button",
        "header": { "type": "text", "text": "Tonight" },
        "body": { "text": "Keep your booking?" },
        "footer": { "text": "Free of charge" },
        "action": { "buttons": buttons },
    }));
    let message: Message = wa_message! { <button>
        to: "+15550100",
        header: "Tonight",
        body: "Keep your booking?",
        footer: "Free of charge",
        buttons: [{ id: "keep", title: "Keep" }, { id: "cancel", title: "Cancel" }],
    };
    same(&message, &wire);
    let message: Message = wa_message! { <button>
        to: "+15550100",
        header: { text: "Tonight" },
        body: { text: "Keep your booking?" },
        footer: { text: "Free of charge" },
        buttons: [{ type: "reply", id: "keep", title: "Keep" }, { title: "Cancel", id: "cancel" }],
    };
    same(&message, &wire);

    let (header, body, footer) =
        (String::from("Tonight"), "Keep your booking?", Some("Free of charge"));
    let keep = types::ReplyButton::new(types::Reply::new("keep", "Keep"));
    let message = wa_message! { <button>
        to: "+15550100",
        header: &header,
        body,
        footer,
        buttons: [keep.clone(), for name in ["Cancel"] { id: name.to_lowercase(), title: name }],
    }?;
    same(&message, &wire);
    let cancel = types::ReplyButton::new(types::Reply::new("cancel", "Cancel"));
    let message = wa_message! { <button>
        to: "+15550100",
        header: types::Header::Text { text: header.parse()?, sub_text: None },
        body: types::Body::new(body),
        footer: types::Footer::new("Free of charge"),
        buttons: vec![keep.clone(), cancel.clone()],
    }?;
    same(&message, &wire);
    let message = wa_message! { <button>
        to: "+15550100",
        header: { type: "text", text: header },
        body: { text: body },
        footer: { text: "Free of charge" },
        buttons: [keep, cancel].into_iter().filter(|button| !button.reply.id.is_empty()),
    }?;
    same(&message, &wire);
    Ok(())
}

/// The kinds of headers, by the name of the field and by the tag.
#[test]
fn headers() -> Outcome {
    let wire = |header: Value| {
        interactive(json!({
            "type": "button",
            "header": header,
            "body": { "text": "Keep your booking?" },
            "action": { "buttons": [{ "type": "reply", "reply": { "id": "keep", "title": "Keep" } }] },
        }))
    };
    macro_rules! with_header {
        ($($header:tt)*) => {
            wa_message! { <button>
                to: "+15550100",
                header: $($header)*,
                body: "Keep your booking?",
                buttons: [{ id: "keep", title: "Keep" }],
            }
        };
    }
    let image =
        wire(json!({ "type": "image", "image": { "link": "https://example.org/oven.png" } }));
    same(&with_header!({ image: { link: "https://example.org/oven.png" } }), &image);
    same(&with_header!({ type: "image", image: { link: "https://example.org/oven.png" } }), &image);
    let link = "https://example.org/oven.png";
    same(&with_header!({ image: { link } })?, &image);
    same(&with_header!({ image: types::HeaderImage::by_link(link) })?, &image);
    let header = types::Header::Image { image: types::HeaderImage::by_link(link) };
    same(&with_header!(header.clone())?, &image);
    same(&with_header!(Some(header))?, &image);

    let video = wire(json!({ "type": "video", "video": { "id": "1013859600285443" } }));
    same(&with_header!({ video: { id: "1013859600285443" } }), &video);
    let id = 1_013_859_600_285_443_u64;
    same(&with_header!({ video: { id: id.to_string() } })?, &video);

    let menu = json!({ "link": "https://example.org/menu.pdf", "filename": "menu.pdf" });
    let file = wire(json!({ "type": "document", "document": menu }));
    let message = with_header!({
        document: { link: "https://example.org/menu.pdf", filename: "menu.pdf" }
    });
    same(&message, &file);
    let (link, filename) = ("https://example.org/menu.pdf", Some("menu.pdf"));
    same(&with_header!({ document: { link, filename } })?, &file);

    let text = wire(json!({ "type": "text", "text": "Tonight", "sub_text": "From six" }));
    same(&with_header!({ text: "Tonight", sub_text: "From six" }), &text);
    let from = Some("From six");
    same(&with_header!({ text: "Tonight", sub_text: from })?, &text);

    let none: Option<types::Header> = None;
    let mut without = wire(Value::Null);
    without["interactive"].as_object_mut().unwrap().remove("header");
    same(&with_header!(none)?, &without);
    same(&with_header!(null), &without);
    Ok(())
}

#[test]
fn list() -> Outcome {
    let wire = interactive(json!({
        "type": "list",
        "header": { "type": "text", "text": "Tonight" },
        "body": { "text": "Pick a dish" },
        "footer": { "text": "Prices include tax" },
        "action": {
            "button": "See dishes",
            "sections": [
                { "title": "Mains", "rows": [
                    { "id": "m1", "title": "Feijoada", "description": "With rice" },
                    { "id": "m2", "title": "Moqueca" },
                ] },
                { "title": "Desserts", "rows": [{ "id": "d1", "title": "Mousse" }] },
            ],
        },
    }));
    let message: Message = wa_message! { <list>
        to: "+15550100",
        header: "Tonight",
        body: "Pick a dish",
        footer: "Prices include tax",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                { id: "m2", title: "Moqueca" },
            ] },
            { title: "Desserts", rows: [{ id: "d1", title: "Mousse" }] },
        ],
    };
    same(&message, &wire);

    let mains = [("m1", "Feijoada", Some("With rice")), ("m2", "Moqueca", None)];
    let mousse = types::Row::new("d1", "Mousse");
    let (header, vegan) = (types::TextHeader::new("Tonight"), true);
    let message = wa_message! { <list>
        to: "+15550100",
        header: header.clone(),
        body: "Pick a dish",
        footer: "Prices include tax",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                for (id, title, description) in mains { id: id, title: title, description },
                if !vegan { id: "m3", title: "Churrasco" },
            ] },
            { title: "Desserts", rows: [
                if vegan { id: "d1", title: "Mousse" } else { id: "d2", title: "Pudim" },
            ] },
        ],
    }?;
    same(&message, &wire);
    let rows = mains.into_iter().map(|(id, title, description)| {
        let row = types::Row::new(id, title);
        match description {
            Some(description) => row.with_description(description),
            None => row,
        }
    });
    let message = wa_message! { <list>
        to: "+15550100",
        header: { text: "Tonight" },
        body: "Pick a dish",
        footer: "Prices include tax",
        button: "See dishes",
        sections: [{ title: "Mains", rows: rows.clone() }, { title: "Desserts", rows: [mousse.clone()] }],
    }?;
    same(&message, &wire);
    let sections = vec![
        types::ListSection::new(rows.clone()).with_title("Mains"),
        types::ListSection::new([mousse.clone()]).with_title("Desserts"),
    ];
    let message = wa_message! { <list>
        to: "+15550100",
        header: Some(header),
        body: types::Body::new("Pick a dish"),
        footer: Some("Prices include tax"),
        button: "See dishes",
        sections: sections,
    }?;
    same(&message, &wire);
    let menu = [("Mains", rows.collect::<Vec<_>>()), ("Desserts", vec![mousse])];
    let message = wa_message! { <list>
        to: "+15550100",
        header: "Tonight",
        body: "Pick a dish",
        footer: "Prices include tax",
        button: "See dishes",
        sections: [for (title, rows) in menu { title: title, rows: [..rows] }],
    }?;
    same(&message, &wire);

    // One section needs no title.
    let wire = interactive(json!({
        "type": "list",
        "body": { "text": "Pick a dish" },
        "action": { "button": "See dishes", "sections": [{ "rows": [{ "id": "m1", "title": "Feijoada" }] }] },
    }));
    let message: Message = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
    same(&message, &wire);
    let title: Option<&str> = None;
    let message = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ title, rows: [types::Row::new("m1", "Feijoada")] }],
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn product() -> Outcome {
    let wire = interactive(json!({
        "type": "product",
        "body": { "text": "Back in the shop" },
        "footer": { "text": "While stocks last" },
        "action": { "catalog_id": "884120775310012", "product_retailer_id": "mug-blue" },
    }));
    let message: Message = wa_message! { <product>
        to: "+15550100",
        body: "Back in the shop",
        footer: "While stocks last",
        catalog_id: "884120775310012",
        product_retailer_id: "mug-blue",
    };
    same(&message, &wire);
    let (body, catalog_id, colour) = (Some("Back in the shop"), "884120775310012", "blue");
    let message = wa_message! { <product>
        to: "+15550100",
        body,
        footer: types::Footer::new("While stocks last"),
        catalog_id,
        product_retailer_id: format!("mug-{colour}"),
    }?;
    same(&message, &wire);
    let wire = interactive(json!({
        "type": "product",
        "action": { "catalog_id": "884120775310012", "product_retailer_id": "mug-blue" },
    }));
    let message: Message = wa_message! { <product>
        to: "+15550100",
        catalog_id: "884120775310012",
        product_retailer_id: "mug-blue",
    };
    same(&message, &wire);
    let (body, footer): (Option<types::Body>, Option<String>) = (None, None);
    let message = wa_message! { <product>
        to: "+15550100",
        body,
        footer,
        catalog_id,
        product_retailer_id: "mug-blue",
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn product_list() -> Outcome {
    let wire = interactive(json!({
        "type": "product_list",
        "header": { "type": "text", "text": "Kitchen" },
        "body": { "text": "Picked for you" },
        "footer": { "text": "Prices include tax" },
        "action": {
            "catalog_id": "884120775310012",
            "sections": [
                { "title": "Mugs", "product_items": [
                    { "product_retailer_id": "mug-blue" },
                    { "product_retailer_id": "mug-red" },
                ] },
                { "title": "Plates", "product_items": [{ "product_retailer_id": "plate" }] },
            ],
        },
    }));
    let message: Message = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        footer: "Prices include tax",
        catalog_id: "884120775310012",
        sections: [
            { title: "Mugs", product_items: ["mug-blue", "mug-red"] },
            { title: "Plates", product_items: [{ product_retailer_id: "plate" }] },
        ],
    };
    same(&message, &wire);

    let (mugs, plate) = (["mug-blue", "mug-red"], String::from("plate"));
    let message = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        footer: "Prices include tax",
        catalog_id: "884120775310012",
        sections: [
            { title: "Mugs", product_items: mugs },
            { title: "Plates", product_items: [&plate] },
        ],
    }?;
    same(&message, &wire);
    let shelves = [("Mugs", mugs.to_vec()), ("Plates", vec!["plate"])];
    let message = wa_message! { <product_list>
        to: "+15550100",
        header: { text: "Kitchen" },
        body: { text: "Picked for you" },
        footer: { text: "Prices include tax" },
        catalog_id: "884120775310012",
        sections: [for (title, items) in shelves { title: title, product_items: [..items] }],
    }?;
    same(&message, &wire);
    let sections = [
        types::ProductSection::new(mugs).with_title("Mugs"),
        types::ProductSection::new([types::ProductItem::new(plate)]).with_title("Plates"),
    ];
    let message = wa_message! { <product_list>
        to: "+15550100",
        header: types::TextHeader::new("Kitchen"),
        body: "Picked for you",
        footer: "Prices include tax",
        catalog_id: "884120775310012",
        sections: sections.iter().cloned(),
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn catalog_message() -> Outcome {
    let parameters = json!({ "thumbnail_product_retailer_id": "mug-blue" });
    let wire = interactive(json!({
        "type": "catalog_message",
        "body": { "text": "Everything we sell" },
        "footer": { "text": "In one place" },
        "action": { "name": "catalog_message", "parameters": parameters },
    }));
    let message: Message = wa_message! { <catalog_message>
        to: "+15550100",
        body: "Everything we sell",
        footer: "In one place",
        thumbnail_product_retailer_id: "mug-blue",
    };
    same(&message, &wire);
    let (body, thumbnail) = ("Everything we sell", "mug-blue");
    let message = wa_message! { <catalog_message>
        to: "+15550100",
        body,
        footer: "In one place",
        thumbnail_product_retailer_id: thumbnail,
    }?;
    same(&message, &wire);

    let wire = interactive(json!({
        "type": "catalog_message",
        "body": { "text": "Everything we sell" },
        "action": { "name": "catalog_message" },
    }));
    same(&wa_message! { <catalog_message> to: "+15550100", body: "Everything we sell" }, &wire);
    same(&wa_message! { <catalog_message> to: "+15550100", body }?, &wire);
    Ok(())
}

#[test]
fn flow() -> Outcome {
    let wire = interactive(json!({
        "type": "flow",
        "header": { "type": "text", "text": "Table for tonight" },
        "body": { "text": "Choose a time" },
        "footer": { "text": "Free of charge" },
        "action": {
            "name": "flow",
            "parameters": {
                "flow_message_version": "3",
                "flow_id": "1234567890123456",
                "flow_cta": "Book",
                "flow_token": "visit-7f3a9c",
                "mode": "draft",
                "flow_action": "navigate",
                "flow_action_payload": {
                    "screen": "WELCOME",
                    "data": { "name": "Ada", "age": 41, "hours": [18, 19.5, null], "seat": { "near": true } },
                },
            },
        },
    }));
    let message: Message = wa_message! { <flow>
        to: "+15550100",
        header: "Table for tonight",
        body: "Choose a time",
        footer: "Free of charge",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_token: "visit-7f3a9c",
        mode: "draft",
        flow_action: "navigate",
        flow_action_payload: {
            screen: "WELCOME",
            data: { name: "Ada", "age": 41, hours: [18, 19.5, null], seat: { near: true } },
        },
    };
    same(&message, &wire);

    let (id, visit, name, hours) = ("1234567890123456", "7f3a9c", "Ada", [18]);
    let (near, late) = (true, Some(19.5));
    let message = wa_message! { <flow>
        to: "+15550100",
        header: "Table for tonight",
        body: "Choose a time",
        footer: "Free of charge",
        flow_message_version: "3",
        flow_id: id,
        flow_cta: "Book",
        flow_token: format!("visit-{visit}"),
        mode: types::FlowMode::Draft,
        flow_action: Some(types::FlowActionKind::Navigate),
        flow_action_payload: {
            screen: String::from("WELCOME"),
            data: { name, age: 41, hours: [..hours, late, null], seat: { near: near } },
        },
    }?;
    same(&message, &wire);

    // The screen stands for the payload, and a Flow is also known by its name.
    let wire = interactive(json!({
        "type": "flow",
        "body": { "text": "Choose a time" },
        "action": {
            "name": "flow",
            "parameters": {
                "flow_message_version": "3",
                "flow_name": "table",
                "flow_cta": "Book",
                "flow_action_payload": { "screen": "WELCOME" },
            },
        },
    }));
    let message: Message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_name: "table",
        flow_cta: "Book",
        flow_action_payload: "WELCOME",
    };
    same(&message, &wire);
    let screen = "WELCOME";
    let message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_name: "table",
        flow_cta: "Book",
        flow_action_payload: screen,
    }?;
    same(&message, &wire);
    let (payload, none) = (types::FlowActionPayload::new("WELCOME"), None::<&str>);
    let message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: none,
        flow_name: "table",
        flow_cta: "Book",
        flow_action_payload: payload,
    }?;
    same(&message, &wire);

    // Free JSON holds loops, conditions and spreads too.
    let (dishes, vegan) = ([("m1", 12), ("m2", 14)], true);
    let message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a dish",
        flow_id: "1234567890123456",
        flow_cta: "Order",
        flow_action_payload: { screen: "MENU", data: { dishes: [
            for (id, price) in dishes { id: id, "price": price },
            if vegan { id: "v" } else { id: "w" },
            if !vegan { id: "x" },
            ..["plain", "texts"],
        ] } },
    }?;
    let wire = interactive(json!({
        "type": "flow",
        "body": { "text": "Choose a dish" },
        "action": {
            "name": "flow",
            "parameters": {
                "flow_message_version": "3",
                "flow_id": "1234567890123456",
                "flow_cta": "Order",
                "flow_action_payload": { "screen": "MENU", "data": { "dishes": [
                    { "id": "m1", "price": 12 }, { "id": "m2", "price": 14 }, { "id": "v" }, "plain", "texts",
                ] } },
            },
        },
    }));
    same(&message, &wire);
    let data = serde_json::Map::from_iter([("hour".to_owned(), json!(19))]);
    let message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action: "navigate",
        flow_action_payload: { screen: "WELCOME", data: data },
    }?;
    let parameters = &serde_json::to_value(&message)?["interactive"]["action"]["parameters"];
    assert_eq!(
        parameters["flow_action_payload"],
        json!({ "screen": "WELCOME", "data": { "hour": 19 } })
    );
    Ok(())
}

#[test]
fn form_message() -> Outcome {
    let wire = interactive(json!({
        "type": "form_message",
        "header": { "type": "text", "text": "How was it?", "sub_text": "One to five" },
        "parameters": {
            "version": "1",
            "layout": [
                { "type": "Rating", "rating_type": "STAR_RATING", "id": "food" },
                { "type": "Rating", "rating_type": "STAR_RATING", "id": "service" },
            ],
        },
        "action": { "name": "form_message" },
    }));
    let message: Message = wa_message! { <form_message>
        to: "+15550100",
        header: { text: "How was it?", sub_text: "One to five" },
        layout: ["food", { id: "service" }],
    };
    same(&message, &wire);
    let (text, topics) = ("How was it?", ["food", "service"]);
    let message = wa_message! { <form_message>
        to: "+15550100",
        header: { text, sub_text: "One to five" },
        layout: topics,
    }?;
    same(&message, &wire);
    let message = wa_message! { <form_message>
        to: "+15550100",
        header: types::TextHeader::new(text).with_sub_text("One to five"),
        layout: [for id in topics { id }],
    }?;
    same(&message, &wire);
    let message = wa_message! { <form_message>
        to: "+15550100",
        header: { text: "How was it?", sub_text: "One to five" },
        version: "1",
        layout: [types::Rating::new("food"), { type: "Rating", rating_type: "STAR_RATING", id: "service" }],
    }?;
    same(&message, &wire);

    let wire = interactive(json!({
        "type": "form_message",
        "header": { "type": "text", "text": "How was it?" },
        "body": { "text": "Be honest" },
        "footer": { "text": "Thanks" },
        "parameters": {
            "version": "1",
            "layout": [{ "type": "Rating", "rating_type": "STAR_RATING", "id": "food" }],
        },
        "action": { "name": "form_message" },
    }));
    let message: Message = wa_message! { <form_message>
        to: "+15550100",
        header: "How was it?",
        body: "Be honest",
        footer: "Thanks",
        layout: ["food"],
    };
    same(&message, &wire);
    Ok(())
}

/// The document of a template with components.
fn template(components: &Value) -> Value {
    let mut content = json!({ "name": "order_ready", "language": { "code": "en_US" } });
    if !components.is_null() {
        content["components"] = components.clone();
    }
    document("template", &content)
}

#[test]
fn template_kind() -> Outcome {
    let wire = template(&Value::Null);
    let message: Message =
        wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US" };
    same(&message, &wire);
    let message: Message = wa_message! { <template> to: "+15550100", name: "order_ready", language: { code: "en_US" } };
    same(&message, &wire);
    let (name, language) = (String::from("order_ready"), "en_US");
    same(&wa_message! { <template> to: "+15550100", name: &name, language }?, &wire);
    let message = wa_message! { <template>
        to: "+15550100",
        name,
        language: types::Language::new(language),
        components: null,
    }?;
    same(&message, &wire);

    let mut wire = wire;
    wire["template"]["language"]["policy"] = "deterministic".into();
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: { policy: "deterministic", code: "en_US" },
    };
    same(&message, &wire);
    Ok(())
}

#[test]
fn template_components_by_name() -> Outcome {
    let menu = json!({ "link": "https://example.org/menu.pdf", "filename": "menu.pdf" });
    let amount = json!({ "fallback_value": "$12.50", "code": "USD", "amount_1000": 12500 });
    let wire = template(&json!([
        { "type": "header", "parameters": [{ "type": "document", "document": menu }] },
        { "type": "body", "parameters": [
            { "type": "text", "text": "Ada" },
            { "type": "currency", "currency": amount },
            { "type": "date_time", "date_time": { "fallback_value": "May 3, 2026" } },
        ] },
        {
            "type": "button", "sub_type": "quick_reply", "index": "0",
            "parameters": [{ "type": "payload", "payload": "track-17" }],
        },
        {
            "type": "button", "sub_type": "url", "index": "1",
            "parameters": [{ "type": "text", "text": "orders/17" }],
        },
        {
            "type": "button", "sub_type": "catalog", "index": "2",
            "parameters": [{ "type": "action", "action": { "thumbnail_product_retailer_id": "mug-blue" } }],
        },
    ]));
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { document: { link: "https://example.org/menu.pdf", filename: "menu.pdf" } },
        body: [
            "Ada",
            { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500 } },
            { date_time: "May 3, 2026" },
        ],
        buttons: [{ quick_reply: "track-17" }, { url: "orders/17" }, { catalog: "mug-blue" }],
    };
    same(&message, &wire);

    // In any order of the names, longer, and with the indexes as they would be counted.
    let message: Message = wa_message! { <template>
        buttons: [
            { index: 0, quick_reply: "track-17" },
            { sub_type: "url", index: "1", parameters: ["orders/17"] },
            { catalog: { thumbnail_product_retailer_id: "mug-blue" }, index: 2 },
        ],
        body: [
            { text: "Ada" },
            { type: "currency", currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500.0 } },
            { date_time: { fallback_value: "May 3, 2026" } },
        ],
        header: [{ document: { link: "https://example.org/menu.pdf", filename: "menu.pdf" } }],
        language: "en_US",
        name: "order_ready",
        to: "+15550100",
    };
    same(&message, &wire);

    let (link, first, number) = ("https://example.org/menu.pdf", "Ada", 17);
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { document: { link, filename: "menu.pdf" } },
        body: [
            first,
            { currency: { fallback_value: "$12.50", code: "USD", amount_1000: number * 1000 - 4500 } },
            { date_time: format!("May 3, {}", 2026) },
        ],
        buttons: [
            { quick_reply: format!("track-{number}") },
            { url: format!("orders/{number}") },
            { catalog: { thumbnail_product_retailer_id: String::from("mug-blue") } },
        ],
    }?;
    same(&message, &wire);
    let document = types::ParameterDocument::by_link(link).with_filename("menu.pdf");
    let header = types::HeaderParameter::Document { document };
    let parameters = vec![
        types::BodyParameter::Text { text: first.parse()?, parameter_name: None },
        types::BodyParameter::Currency { currency: types::Currency::new("$12.50", "USD", 12_500) },
        types::BodyParameter::DateTime { date_time: types::DateTime::new("May 3, 2026") },
    ];
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: header.clone(),
        body: parameters.clone(),
        buttons: [for (index, text) in ["track-17"].into_iter().enumerate() {
            index: index.to_string(), quick_reply: text
        }, { url: "orders/17" }, { catalog: "mug-blue" }],
    }?;
    same(&message, &wire);
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: [header],
        body: [..parameters],
        buttons: [
            if number == 17 { quick_reply: "track-17" } else { url: "none" },
            if number == 18 { url: "none" },
            for (kind, text) in [("url", "orders/17")] { url: if kind == "url" { text } else { "none" } },
            { catalog: "mug-blue" },
        ],
    }?;
    same(&message, &wire);
    Ok(())
}

/// One text stands for the only parameter of a body.
#[test]
fn template_body_of_one_text() {
    let parameters = json!([{ "type": "text", "text": "Ada" }]);
    let wire = template(&json!([{ "type": "body", "parameters": parameters }]));
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: "Ada",
    };
    same(&message, &wire);
}

/// The index of a button is its position among the buttons, unless it is given.
#[test]
fn template_indexes() -> Outcome {
    let quick_reply = |index: &str, payload: &str| {
        let parameters = json!([{ "type": "payload", "payload": payload }]);
        json!({ "type": "button", "sub_type": "quick_reply", "index": index, "parameters": parameters })
    };
    let header = json!({ "type": "header", "parameters": [{ "type": "text", "text": "17" }] });
    let wire = template(&json!([
        header,
        quick_reply("0", "a"),
        quick_reply("5", "b"),
        quick_reply("2", "c")
    ]));
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: "17",
        buttons: [{ quick_reply: "a" }, { index: 5, quick_reply: "b" }, { quick_reply: "c" }],
    };
    same(&message, &wire);
    let (number, index) = (17, 5);
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: number.to_string(),
        buttons: [
            for payload in ["a"] { quick_reply: payload },
            { index: index.to_string(), quick_reply: "b" },
            { quick_reply: "c" },
        ],
    }?;
    same(&message, &wire);

    // What is left out while the program runs takes no position.
    let wire = template(&json!([quick_reply("0", "b"), quick_reply("1", "c")]));
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [
            if number == 18 { quick_reply: "a" },
            { quick_reply: "b" },
            for payload in ["c"] { quick_reply: payload },
        ],
    }?;
    same(&message, &wire);
    let more = vec![types::QuickReplyButton::new("1", [types::PayloadParameter::new("c")])];
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ quick_reply: "b" }, ..more.into_iter().map(types::ButtonComponent::QuickReply)],
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn template_components_in_full() -> Outcome {
    let wire = template(&json!([
        { "type": "header", "parameters": [{ "type": "image", "image": { "id": "1013859600285441" } }] },
        { "type": "body", "parameters": [{ "type": "text", "text": "Ada" }] },
        {
            "type": "button", "sub_type": "url", "index": "3",
            "parameters": [{ "type": "text", "text": "orders/17" }],
        },
    ]));
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [
            { type: "header", parameters: [{ type: "image", image: { id: "1013859600285441" } }] },
            { type: "body", parameters: [{ type: "text", text: "Ada" }] },
            { type: "button", sub_type: "url", index: "3", parameters: [{ type: "text", text: "orders/17" }] },
        ],
    };
    same(&message, &wire);
    // The short forms of the parameters hold there too.
    let message: Message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [
            { type: "header", parameters: [{ image: { id: "1013859600285441" } }] },
            { type: "body", parameters: ["Ada"] },
            { type: "button", index: 3, url: "orders/17" },
        ],
    };
    same(&message, &wire);

    let (id, name, index) = ("1013859600285441", "Ada", 3);
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [
            { type: "header", parameters: [{ image: { id } }] },
            { type: "body", parameters: [name] },
            { type: "button", sub_type: "url", index: index.to_string(), parameters: ["orders/17"] },
        ],
    }?;
    same(&message, &wire);
    let image = types::HeaderParameter::Image { image: types::ParameterImage::by_id(id) };
    let components = vec![
        types::TemplateComponent::Header(types::HeaderComponent::new([image.clone()])),
        types::TemplateComponent::Body(types::BodyComponent::default().with_parameters([name])),
        types::TemplateComponent::Button(types::ButtonComponent::Url(types::UrlButton::new(
            "3",
            ["orders/17"],
        ))),
    ];
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: components.clone(),
    }?;
    same(&message, &wire);
    let message = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [types::HeaderComponent::new([image]), ..components.into_iter().skip(1)],
    }?;
    same(&message, &wire);
    Ok(())
}

#[test]
fn template_headers() -> Outcome {
    let wire =
        |parameter: Value| template(&json!([{ "type": "header", "parameters": [parameter] }]));
    macro_rules! with_header {
        ($($header:tt)*) => {
            wa_message! { <template>
                to: "+15550100",
                name: "order_ready",
                language: "en_US",
                header: $($header)*,
            }
        };
    }
    let text = wire(json!({ "type": "text", "text": "Ada" }));
    same(&with_header!("Ada"), &text);
    same(&with_header!({ text: "Ada" }), &text);
    same(&with_header!(["Ada"]), &text);
    same(&with_header!([{ type: "text", text: "Ada" }]), &text);
    let name = String::from("Ada");
    same(&with_header!(&name)?, &text);
    same(&with_header!([&name])?, &text);
    same(&with_header!({ text: name })?, &text);

    let image = wire(json!({ "type": "image", "image": { "id": "1013859600285441" } }));
    same(&with_header!({ image: { id: "1013859600285441" } }), &image);
    let id = "1013859600285441";
    same(&with_header!({ image: { id } })?, &image);
    same(&with_header!({ image: types::ParameterImage::by_id(id) })?, &image);
    let video =
        wire(json!({ "type": "video", "video": { "link": "https://example.org/oven.mp4" } }));
    same(&with_header!({ video: { link: "https://example.org/oven.mp4" } }), &video);
    let link = "https://example.org/oven.mp4";
    same(&with_header!({ video: types::ParameterVideo::by_link(link) })?, &video);
    Ok(())
}

#[test]
fn read() -> Outcome {
    let wire =
        json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.HBgL" });
    let receipt: ReadReceipt = wa_message! { <read> message_id: "wamid.HBgL" };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt = wa_message! { <read>
        messaging_product: "whatsapp",
        status: "read",
        message_id: "wamid.HBgL",
        typing_indicator: null,
    };
    same_receipt(&receipt, &wire);
    let message_id = String::from("wamid.HBgL");
    let receipt: ReadReceipt = wa_message! { <read> message_id: &message_id }?;
    same_receipt(&receipt, &wire);
    let typing: Option<types::TypingIndicator> = None;
    same_receipt(&wa_message! { <read> message_id: &message_id, typing_indicator: typing }?, &wire);

    let mut wire = wire;
    wire["typing_indicator"] = json!({ "type": "text" });
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: "text" };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: { type: "text" } };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: {} };
    same_receipt(&receipt, &wire);
    same_receipt(&wa_message! { <read> message_id, typing_indicator: "text" }?, &wire);
    Ok(())
}

/// Values in the wire form, where objects and arrays may be whole types too.
#[test]
fn values_in_the_wire_form() -> Outcome {
    let wire = interactive(json!({
        "type": "list",
        "header": { "type": "text", "text": "Tonight" },
        "body": { "text": "Pick a dish" },
        "action": {
            "button": "See dishes",
            "sections": [{ "title": "Mains", "rows": [
                { "id": "m1", "title": "Feijoada" }, { "id": "m2", "title": "Moqueca" },
            ] }],
        },
    }));
    let (to, body, dishes) = ("+15550100", types::Body::new("Pick a dish"), [("m2", "Moqueca")]);
    let (header, title) = (types::TextHeader::new("Tonight"), Some("Mains"));
    let first = types::Row::new("m1", "Feijoada");
    let message: Message = wa_message!({
        "messaging_product": "whatsapp",
        "to": to,
        "type": "interactive",
        "interactive": {
            "type": "list",
            "header": header,
            "body": body,
            "action": {
                "button": String::from("See dishes"),
                "sections": [{ "title": title, "rows": [
                    first,
                    for (id, title) in dishes { "id": id, "title": title },
                ] }]
            }
        }
    })?;
    same(&message, &wire);

    let text = types::TextObject::new("Hello").with_preview_url(true);
    let message: Message = wa_message!({
        "messaging_product": "whatsapp", "to": to, "type": "text", "text": text
    })?;
    same(&message, &document("text", &json!({ "body": "Hello", "preview_url": true })));
    // A text needs no type, and `null` leaves a member out.
    let message: Message = wa_message!({
        "messaging_product": "whatsapp", "to": "+15550100", "context": null, "text": { "body": "Hello" }
    });
    same(&message, &document("text", &json!({ "body": "Hello" })));

    let quoted =
        with(document("text", &json!({ "body": "Hello" })), "biz_opaque_callback_data", "17");
    let message: Message = wa_message!({
        messaging_product: "whatsapp", to, type: "text", text: { body: "Hello" }, biz_opaque_callback_data: "17"
    })?;
    same(&message, &quoted);
    Ok(())
}

/// A pasted document is written as it stands in the file.
#[track_caller]
fn as_in_the_file(written: &str, file: &str) {
    let (written, file): (Value, Value) =
        (serde_json::from_str(written).unwrap(), serde_json::from_str(file).unwrap());
    assert_eq!(written, file);
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("examples/", $name, ".json"))
    };
}

#[test]
fn example_audio() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "audio",
      "audio": {
        "id": "1013859600285442"
      }
    });
    as_in_the_file(&message.to_json(), file!("audio"));
}

#[test]
fn example_button() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "button",
        "body": {
          "text": "Keep your booking for tonight?"
        },
        "action": {
          "buttons": [
            {
              "type": "reply",
              "reply": {
                "id": "keep",
                "title": "Keep it"
              }
            },
            {
              "type": "reply",
              "reply": {
                "id": "cancel",
                "title": "Cancel it"
              }
            }
          ]
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("button"));
}

#[test]
fn example_catalog_message() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "catalog_message",
        "body": {
          "text": "Everything we bake and sell, in one place."
        },
        "action": {
          "name": "catalog_message",
          "parameters": {
            "thumbnail_product_retailer_id": "mug-blue"
          }
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("catalog_message"));
}

#[test]
fn example_contacts() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "to": "+16505551234",
      "type": "contacts",
      "contacts": [
        {
          "addresses": [
            {
              "street": "12 Mill Lane",
              "city": "Menlo Park",
              "state": "CA",
              "zip": "94025",
              "country": "United States",
              "country_code": "US",
              "type": "HOME"
            },
            {
              "street": "4 Quay Street",
              "city": "San Mateo",
              "state": "CA",
              "zip": "94401",
              "country": "United States",
              "country_code": "US",
              "type": "WORK"
            }
          ],
          "birthday": "1984-07-09",
          "emails": [
            {
              "email": "ada@bakery.example",
              "type": "WORK"
            },
            {
              "email": "ada.berg@example.org",
              "type": "HOME"
            }
          ],
          "name": {
            "formatted_name": "Dr. Ada Marie Berg Jr.",
            "first_name": "Ada",
            "last_name": "Berg",
            "middle_name": "Marie",
            "suffix": "Jr.",
            "prefix": "Dr."
          },
          "org": {
            "company": "Berg Bakery",
            "department": "Bread",
            "title": "Head baker"
          },
          "phones": [
            {
              "phone": "+16505551235",
              "type": "HOME"
            },
            {
              "phone": "+16505551236",
              "type": "WORK",
              "wa_id": "16505551236"
            }
          ],
          "urls": [
            {
              "url": "https://example.org/bakery",
              "type": "WORK"
            },
            {
              "url": "https://example.org/ada",
              "type": "HOME"
            }
          ]
        }
      ]
    });
    as_in_the_file(&message.to_json(), file!("contacts"));
}

#[test]
fn example_document() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "document",
      "document": {
        "link": "https://example.org/files/menu.pdf",
        "caption": "This week's menu",
        "filename": "menu.pdf"
      }
    });
    as_in_the_file(&message.to_json(), file!("document"));
}

#[test]
fn example_flow() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "flow",
        "header": {
          "type": "text",
          "text": "Table for tonight"
        },
        "body": {
          "text": "Choose a time and we keep a table for you."
        },
        "footer": {
          "text": "Free of charge"
        },
        "action": {
          "name": "flow",
          "parameters": {
            "flow_message_version": "3",
            "flow_token": "visit-7f3a9c",
            "flow_id": "1234567890123456",
            "flow_cta": "Book a table",
            "flow_action": "navigate",
            "flow_action_payload": {
              "screen": "WELCOME",
              "data": {
                "user_name": "Ada",
                "user_age": 41
              }
            }
          }
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("flow"));
}

#[test]
fn example_form_message() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "form_message",
        "header": {
          "type": "text",
          "text": "How was your visit?",
          "sub_text": "One star to five"
        },
        "parameters": {
          "version": "1",
          "layout": [
            {
              "type": "Rating",
              "rating_type": "STAR_RATING",
              "id": "visit-42"
            }
          ]
        },
        "action": {
          "name": "form_message"
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("form_message"));
}

#[test]
fn example_image() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "image",
      "image": {
        "id": "1013859600285441"
      }
    });
    as_in_the_file(&message.to_json(), file!("image"));
}

#[test]
fn example_list() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "list",
        "header": {
          "type": "text",
          "text": "Delivery slots"
        },
        "body": {
          "text": "When may we bring your bread?"
        },
        "footer": {
          "text": "Times are local"
        },
        "action": {
          "button": "See slots",
          "sections": [
            {
              "title": "Morning",
              "rows": [
                {
                  "id": "am-7",
                  "title": "07:00",
                  "description": "Still warm from the oven"
                },
                {
                  "id": "am-9",
                  "title": "09:00",
                  "description": "After the school run"
                }
              ]
            },
            {
              "title": "Evening",
              "rows": [
                {
                  "id": "pm-5",
                  "title": "17:00",
                  "description": "Before supper"
                },
                {
                  "id": "pm-7",
                  "title": "19:00",
                  "description": "Last round of the day"
                }
              ]
            }
          ]
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("list"));
}

#[test]
fn example_location() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "to": "+16505551234",
      "type": "location",
      "location": {
        "longitude": 10.7522,
        "latitude": 59.9139,
        "name": "Harbour office",
        "address": "Quay 4, 0150 Oslo"
      }
    });
    as_in_the_file(&message.to_json(), file!("location"));
}

#[test]
fn example_product() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "product",
        "body": {
          "text": "Back in the shop this week"
        },
        "footer": {
          "text": "While stocks last"
        },
        "action": {
          "catalog_id": "884120775310012",
          "product_retailer_id": "mug-blue"
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("product"));
}

#[test]
fn example_product_list() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "interactive",
      "interactive": {
        "type": "product_list",
        "header": {
          "type": "text",
          "text": "Kitchen"
        },
        "body": {
          "text": "Picked for your new flat"
        },
        "footer": {
          "text": "Prices include tax"
        },
        "action": {
          "catalog_id": "884120775310012",
          "sections": [
            {
              "title": "Mugs",
              "product_items": [
                {
                  "product_retailer_id": "mug-blue"
                },
                {
                  "product_retailer_id": "mug-red"
                }
              ]
            },
            {
              "title": "Plates",
              "product_items": [
                {
                  "product_retailer_id": "plate-small"
                },
                {
                  "product_retailer_id": "plate-large"
                }
              ]
            }
          ]
        }
      }
    });
    as_in_the_file(&message.to_json(), file!("product_list"));
}

#[test]
fn example_reaction() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "reaction",
      "reaction": {
        "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
        "emoji": "😀"
      }
    });
    as_in_the_file(&message.to_json(), file!("reaction"));
}

#[test]
fn example_read() {
    let message: ReadReceipt = wa_message!({
      "messaging_product": "whatsapp",
      "status": "read",
      "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
    });
    as_in_the_file(&message.to_json(), file!("read"));
}

#[test]
fn example_reply() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "context": {
        "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
      },
      "to": "+16505551234",
      "type": "text",
      "text": {
        "preview_url": false,
        "body": "Yes, the rye bread is back."
      }
    });
    as_in_the_file(&message.to_json(), file!("reply"));
}

#[test]
fn example_sticker() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "sticker",
      "sticker": {
        "id": "1013859600285445"
      }
    });
    as_in_the_file(&message.to_json(), file!("sticker"));
}

#[test]
fn example_template() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "template",
      "template": {
        "name": "order_ready",
        "language": {
          "code": "en_US"
        },
        "components": [
          {
            "type": "header",
            "parameters": [
              {
                "type": "image",
                "image": {
                  "link": "https://example.org/bread.png"
                }
              }
            ]
          },
          {
            "type": "body",
            "parameters": [
              {
                "type": "text",
                "text": "Ada"
              },
              {
                "type": "currency",
                "currency": {
                  "fallback_value": "$12.50",
                  "code": "USD",
                  "amount_1000": 12500
                }
              },
              {
                "type": "date_time",
                "date_time": {
                  "fallback_value": "May 3, 2026"
                }
              }
            ]
          },
          {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [
              {
                "type": "payload",
                "payload": "collect-17"
              }
            ]
          },
          {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "1",
            "parameters": [
              {
                "type": "payload",
                "payload": "deliver-17"
              }
            ]
          }
        ]
      }
    });
    as_in_the_file(&message.to_json(), file!("template"));
}

#[test]
fn example_template_buttons() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "template",
      "template": {
        "name": "spring_catalogue",
        "language": {
          "code": "en_US"
        },
        "components": [
          {
            "type": "body",
            "parameters": [
              {
                "type": "text",
                "text": "Ada"
              }
            ]
          },
          {
            "type": "button",
            "sub_type": "catalog",
            "index": "0",
            "parameters": [
              {
                "type": "action",
                "action": {
                  "thumbnail_product_retailer_id": "mug-blue"
                }
              }
            ]
          },
          {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [
              {
                "type": "text",
                "text": "orders/17"
              }
            ]
          }
        ]
      }
    });
    as_in_the_file(&message.to_json(), file!("template_buttons"));
}

#[test]
fn example_text() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "text",
      "text": {
        "preview_url": false,
        "body": "The bakery opens at seven tomorrow."
      }
    });
    as_in_the_file(&message.to_json(), file!("text"));
}

#[test]
fn example_video() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "video",
      "video": {
        "link": "https://example.org/files/oven.mp4",
        "caption": "Our new oven at work"
      }
    });
    as_in_the_file(&message.to_json(), file!("video"));
}
