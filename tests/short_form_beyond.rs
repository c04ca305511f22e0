//! The short form of what the API got after the reference page, beside the documents of `examples/`,
//! and what the macro decides of mixed content.
#![allow(clippy::unwrap_used, clippy::too_many_lines, missing_docs)]

use std::error::Error;

use serde_json::Value;
use wa_message::{InvalidMessage, Message, types, wa_message};

type Outcome = Result<(), Box<dyn Error>>;

macro_rules! example {
    ($name:literal) => {
        include_str!(concat!("examples/", $name, ".json"))
    };
}

#[track_caller]
fn same(message: &Message, example: &str) {
    let example: Value = serde_json::from_str(example).unwrap();
    let written: Value = serde_json::from_str(&message.to_json()).unwrap();
    assert_eq!(written, example);
    assert_eq!(serde_json::to_value(message).unwrap(), example);
    assert_eq!(Message::try_from(&example).unwrap(), *message);
}

fn first(invalid: Result<Message, InvalidMessage>) -> (String, String) {
    let invalid = invalid.unwrap_err();
    let [violation] = invalid.violations() else { panic!("{invalid}") };
    (violation.path().to_owned(), violation.to_string())
}

#[test]
fn link() -> Outcome {
    let message: Message = wa_message! { <cta_url>
        to: "+16505551234",
        recipient_type: "individual",
        header: { image: { link: "https://example.org/harbour.png" } },
        body: "The summer timetable of the harbour ferry is out.",
        footer: "Times are local",
        display_text: "See the timetable",
        url: "https://example.org/timetable?line=4",
    };
    same(&message, example!("cta_url"));
    let (link, line) = ("https://example.org/harbour.png", 4);
    let message = wa_message! { <cta_url>
        to: "+16505551234",
        recipient_type: types::RecipientType::Individual,
        header: { image: { link } },
        body: "The summer timetable of the harbour ferry is out.",
        footer: "Times are local",
        display_text: "See the timetable",
        url: format!("https://example.org/timetable?line={line}"),
    }?;
    same(&message, example!("cta_url"));
    let bad = wa_message! { <cta_url> to: "1", body: "b", display_text: "Open", url: format!("example.org/{line}") };
    assert_eq!(
        first(bad),
        (
            "interactive.action.parameters.url".to_owned(),
            "`url` must start with `http://` or `https://`".to_owned()
        )
    );
    Ok(())
}

#[test]
fn requests_and_calls() {
    let recipient_type = types::RecipientType::Individual;
    let message: Message = wa_message! { <location_request_message>
        to: "+16505551234", recipient_type: "individual",
        body: "Your driver is on the way. Where shall we pick you up?",
    };
    same(&message, example!("location_request_message"));
    let message: Message = wa_message! { <request_contact_info>
        to: "+16505551234", recipient_type: "individual",
        body: "May we have your number, to tell you when your table is free?",
        footer: "We write once",
    };
    same(&message, example!("request_contact_info"));
    let message: Message = wa_message! { <call_permission_request>
        to: "+16505551234", recipient_type: "individual",
        body: "May we call you about the delivery of your sofa?",
    };
    same(&message, example!("call_permission_request"));
    let minutes = 1440;
    let message = wa_message! { <voice_call>
        to: "+16505551234", recipient_type,
        body: "Questions about your booking? Call us on WhatsApp.",
        footer: "Open until six",
        display_text: "Call the desk",
        ttl_minutes: minutes,
        payload: "booking-17",
    };
    same(&message.unwrap(), example!("voice_call"));
}

#[test]
fn address() {
    let message: Message = wa_message! { <address_message>
        to: "+919820012345",
        recipient_type: "individual",
        header: "Delivery",
        body: "Thank you, Ada. Where shall we deliver your order?",
        footer: "Orders leave at noon",
        country: "IN",
        values: { name: "Ada Berg", phone_number: "+919820012345" },
        saved_addresses: [{ id: "home", value: {
            name: "Ada Berg",
            phone_number: "+919820012345",
            in_pin_code: "411001",
            house_number: "12",
            floor_number: "3",
            tower_number: "B",
            building_name: "Lotus Court",
            address: "1 MG Road",
            landmark_area: "Near the station",
            city: "Pune",
            state: "Maharashtra",
        } }],
    };
    same(&message, example!("address_message"));
}

#[test]
fn orders() -> Outcome {
    let items = [
        ("mug-blue", "Blue mug", 50_000, Some(45_000), 2),
        ("plate-small", "Small plate", 10_000, None, 3),
    ];
    let subtotal: i64 =
        items.iter().map(|(.., amount, sale, quantity)| sale.unwrap_or(*amount) * quantity).sum();
    let message = wa_message! { <order_details>
        to: "+919820012345",
        recipient_type: "individual",
        header: { image: { link: "https://example.org/kitchen.png" } },
        body: "Your order is ready to be paid.",
        footer: "Thank you for shopping with us",
        reference_id: "order-2026.17",
        type: "physical-goods",
        payment_settings: [{ payment_gateway: {
            type: "razorpay",
            configuration_name: "main",
            razorpay: { receipt: "receipt-17", notes: { shop: "Pune" } },
        } }],
        currency: "INR",
        total_amount: subtotal + 6_000 + 5_000 - 10_000,
        beneficiaries: [{
            name: "Ada Berg",
            address_line1: "1 MG Road",
            address_line2: "Near the station",
            city: "Pune",
            state: "Maharashtra",
            postal_code: "411001",
        }],
        order: {
            expiration: { timestamp: "4102444800", description: "The order is kept for you until then" },
            items: [for (id, name, amount, sale, quantity) in items {
                retailer_id: id,
                name: name,
                amount: amount,
                sale_amount: sale,
                quantity: quantity,
                country_of_origin: "India",
                importer_name: "Casa Imports",
                importer_address: {
                    address_line1: "9 FC Road",
                    city: "Pune",
                    zone_code: "MH",
                    postal_code: "411004",
                    country_code: "IN",
                },
            }],
            subtotal: subtotal,
            tax: { value: 6_000, description: "GST" },
            shipping: { value: 5_000, description: "By courier" },
            discount: {
                value: 10_000,
                description: "Spring sale",
                discount_program_name: "Friends of the house",
            },
        },
    }?;
    same(&message, example!("order_details"));

    let total = 99;
    let wrong = wa_message! { <order_details>
        to: "+5511955551234", body: "b", reference_id: "r", type: "digital-goods", payment_type: "br",
        currency: "BRL", total_amount: total,
        order: { items: [{ name: "n", amount: 100, quantity: 1 }], subtotal: 100, tax: 0 },
    };
    assert_eq!(
        first(wrong).1,
        "`total_amount.value` is 99, and must be 100: the subtotal with tax and shipping, less the discount"
    );

    let message: Message = wa_message! { <order_status>
        to: "+5511955551234",
        recipient_type: "individual",
        body: "Your order is on its way. It should be with you tomorrow.",
        footer: "Thank you for shopping with us",
        reference_id: "order-2026.17",
        // Another spelling that is read.
        order: { status: "partially_shipped", description: "The plates follow on Monday" },
        payment: { status: "captured", timestamp: 1_795_384_800 },
    };
    same(&message, example!("order_status"));
    Ok(())
}

#[test]
fn carousel() -> Outcome {
    let message: Message = wa_message! { <carousel>
        to: "+16505551234",
        recipient_type: "individual",
        body: "Three things for your kitchen",
        cards: [
            { header: { image: { link: "https://example.org/mug-blue.png" } }, body: "*Blue mug*\nFor coffee",
              display_text: "Buy", url: "https://example.org/shop/mug-blue" },
            { header: { image: { link: "https://example.org/plate-small.png" } }, body: "*Small plate*\nFor cake",
              display_text: "Buy", url: "https://example.org/shop/plate-small" },
            { header: { image: { link: "https://example.org/bowl.png" } }, body: "*Bowl*\nFor soup",
              display_text: "Buy", url: "https://example.org/shop/bowl" },
        ],
    };
    same(&message, example!("carousel"));
    let things = [
        ("mug-blue", "Blue mug", "coffee"),
        ("plate-small", "Small plate", "cake"),
        ("bowl", "Bowl", "soup"),
    ];
    let message = wa_message! { <carousel>
        to: "+16505551234",
        recipient_type: "individual",
        body: "Three things for your kitchen",
        cards: [for (id, name, purpose) in things {
            header: { image: { link: format!("https://example.org/{id}.png") } },
            body: format!("*{name}*\nFor {purpose}"),
            display_text: "Buy",
            url: format!("https://example.org/shop/{id}"),
        }],
    }?;
    same(&message, example!("carousel"));

    let products: Message = wa_message! { <carousel> to: "1", body: "b", cards: [
        { product_retailer_id: "mug", catalog_id: "7" },
        { product_retailer_id: "bowl", catalog_id: "7" },
    ] };
    let written = serde_json::to_value(&products)?;
    let card = &written["interactive"]["action"]["cards"][1];
    assert_eq!((&card["card_index"], &card["type"]), (&1.into(), &"product".into()));
    let buttons: Message = wa_message! { <carousel> to: "1", body: "b", cards: [
        { header: { video: { link: "https://example.org/a.mp4" } }, buttons: [{ id: "a", title: "Yes" }] },
        { header: { video: { link: "https://example.org/b.mp4" } }, buttons: [{ id: "b", title: "Yes" }] },
    ] };
    let written = serde_json::to_value(&buttons)?;
    let action = &written["interactive"]["action"]["cards"][1]["action"];
    let expected = serde_json::json!({
        "buttons": [{ "type": "quick_reply", "quick_reply": { "id": "b", "title": "Yes" } }],
    });
    assert_eq!(*action, expected);
    let catalog = "8";
    let two = wa_message! { <carousel> to: "1", body: "b", cards: [
        { product_retailer_id: "mug", catalog_id: "7" },
        { product_retailer_id: "bowl", catalog_id: catalog },
    ] };
    assert_eq!(
        first(two),
        (
            "interactive.action.cards[1].action.catalog_id".to_owned(),
            "`catalog_id` is `8`, and has to be the same everywhere; the first, at \
             `interactive.action.cards[0].action.catalog_id`, is `7`"
                .to_owned()
        )
    );
    Ok(())
}

#[test]
fn pins() {
    let message: Message = wa_message! { <pin>
        to: "Y2FwaV9ncm91cDo5OTk",
        recipient_type: "group",
        message_id: "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
        expiration_days: 7,
    };
    same(&message, example!("pin"));
    let unpin: Message =
        wa_message! { <unpin> to: "g", recipient_type: "group", message_id: "wamid.A" };
    assert!(unpin.to_json().contains(r#""pin":{"type":"unpin","message_id":"wamid.A"}"#));
}

#[test]
fn named_parameters() -> Outcome {
    let name = "Ada";
    let message = wa_message! { <template>
        to: "+15550100", name: "order_ready", language: "en_US",
        body: { first_name: name, order_number: "17" },
    }?;
    let components = serde_json::to_value(&message)?["template"]["components"].clone();
    assert_eq!(
        components,
        serde_json::json!([{ "type": "body", "parameters": [
            { "type": "text", "parameter_name": "first_name", "text": "Ada" },
            { "type": "text", "parameter_name": "order_number", "text": "17" },
        ] }])
    );
    let header: Message = wa_message! { <template>
        to: "+15550100", name: "order_ready", language: "en_US",
        header: { first_name: "Ada" }, body: { "order_number": "17" },
    };
    assert!(header.to_json().contains(r#""parameter_name":"first_name""#));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "order_ready",
        language: "en_US",
        header: { location: {
            latitude: 59.9139, longitude: 10.7522, name: "Harbour office", address: "1 Pier Road, Oslo",
        } },
        body: [
            { parameter_name: "first_name", text: "Ada" },
            { parameter_name: "order_number", text: "17" },
            { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12_500 } },
            { parameter_name: "pickup_time", text: "noon" },
        ],
        buttons: [{ url: "orders/17" }],
    };
    same(&message, example!("template_named"));
    Ok(())
}

#[test]
fn template_parts() {
    let things = [("mug-blue", "Blue mug"), ("plate-small", "Small plate"), ("bowl", "Bowl")];
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "summer_kitchen",
        language: "en_US",
        body: ["Ada"],
        carousel: [for (id, name) in things { components: [
            { type: "header", parameters: [{ image: { link: format!("https://example.org/{id}.png") } }] },
            { type: "body", parameters: [name, "20%"] },
            { type: "button", index: 0, quick_reply: format!("more-{id}") },
            { type: "button", index: 1, url: format!("shop/{id}") },
        ] }],
    };
    same(&message.unwrap(), example!("template_carousel"));
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "summer_kitchen",
        language: "en_US",
        body: ["Ada"],
        carousel: [for (id, name) in things {
            header: { image: { link: format!("https://example.org/{id}.png") } },
            body: [name, "20%"],
            buttons: [{ quick_reply: format!("more-{id}") }, { url: format!("shop/{id}") }],
        }],
    };
    same(&message.unwrap(), example!("template_carousel"));
    let ends = 4_102_444_800_000_i64;
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "spring_offer",
        language: "en_US",
        header: { image: { link: "https://example.org/spring.png" } },
        body: ["Ada", "SAVE25"],
        limited_time_offer: { expiration_time_ms: ends },
        buttons: [{ copy_code: "SAVE25" }, { url: "offers/spring" }],
    };
    same(&message.unwrap(), example!("template_limited_time_offer"));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "picked_for_you",
        language: "en_US",
        body: "Ada",
        buttons: [{ mpm: { thumbnail_product_retailer_id: "mug-blue", sections: [
            { title: "Mugs", product_items: ["mug-blue", "mug-red"] },
            { title: "Plates", product_items: ["plate-small"] },
        ] } }],
    };
    same(&message, example!("template_mpm"));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "order_to_pay",
        language: "en_US",
        header: { image: { link: "https://example.org/pao.png" } },
        body: ["Ada", "R$ 33,00"],
        buttons: [{ order_details: {
            reference_id: "pedido-17",
            type: "physical-goods",
            payment_type: "br",
            payment_settings: [{ pix_dynamic_code: {
                code: "00020101021226700014br.gov.bcb.pix",
                merchant_name: "Casa do Pão",
                key: "39580525000189",
                key_type: "CNPJ",
            } }],
            currency: "BRL",
            total_amount: 3300,
            order: {
                items: [{
                    name: "Pão de queijo",
                    image: "https://example.org/pao.png",
                    amount: 1500,
                    quantity: 2,
                }],
                subtotal: 3000,
                tax: 100,
                shipping: 500,
                discount: { value: 300, description: "Primeira compra" },
            },
        } }],
    };
    same(&message, example!("template_order_details"));
    let call: Message = wa_message! { <template> to: "1", name: "call", language: "en", buttons: [
        { voice_call: [{ ttl_minutes: 60 }, { payload: "desk" }] },
        { flow: { flow_token: "t", flow_action_data: { city: "Oslo" } } },
    ] };
    let written = serde_json::to_value(&call).unwrap();
    let expected = serde_json::json!([
        { "type": "ttl_minutes", "ttl_minutes": 60 }, { "type": "payload", "payload": "desk" },
    ]);
    assert_eq!(written["template"]["components"][0]["parameters"], expected);
    let tap: Message = wa_message! { <template> to: "1", name: "tap", language: "en",
        tap_target_configuration: { tap_target_configuration: [{ url: "https://example.org", title: "Site" }] },
        order_status: { reference_id: "r", order: "shipped" },
    };
    let written = serde_json::to_value(&tap).unwrap();
    let expected = serde_json::json!({ "reference_id": "r", "order": { "status": "shipped" } });
    assert_eq!(written["template"]["components"][0]["parameters"][0]["order_status"], expected);
}

/// What the macro says of tokens, as sentences.
fn sentences(tokens: &str) -> Vec<String> {
    let tokens = format!("[wa] {tokens}").parse().unwrap();
    let analysis = wa_message_dsl::analyse(tokens);
    analysis.violations().iter().map(|found| format!("{}: {}", found.path, found.problem)).collect()
}

#[test]
fn mixed_content_is_decided_as_far_as_it_is_known() {
    let buttons = |buttons: &str| sentences(&format!("<button> to, body: b, buttons: [{buttons}]"));
    assert_eq!(
        buttons(r#"{ id: "a", title: "Yes" }, { id: "b", title: x }, { id: "c", title: "Yes" }"#),
        ["interactive.action.buttons[2].reply.title: `title` has the value `Yes` a second time; \
          the first stands at `interactive.action.buttons[0].reply.title`"]
    );
    let four = r#"{ id: "a", title: "1" }, { id: "b", title: "2" }, { id: "c", title: "3" }, { id: "d", title: "4" }, ..more"#;
    assert_eq!(
        buttons(four),
        ["interactive.action.buttons: `buttons` holds 4, and `<button>` takes at most 3"]
    );
    assert!(buttons(r#"{ id: "a", title: "1" }, ..more"#).is_empty());
    let row = |n: usize| format!(r#"{{ id: "{n}", title: "Row {n}" }}"#);
    let rows: Vec<_> = (0..10).map(row).collect();
    let list = |rows: &str| {
        sentences(&format!(r#"<list> to, body: b, button: "B", sections: [{{ rows: [{rows}] }}]"#))
    };
    assert!(list(&format!("{}, for x in more {{ id: x, title: x }}", rows.join(", "))).is_empty());
    assert_eq!(list(&format!("{}, {}", rows.join(", "), row(10))).len(), 1);
    let order = |total: &str, items: &str| {
        sentences(&format!(
            r#"<order_details> to, body: b, reference_id: "r", type: "digital-goods", payment_type: "br",
               currency: "BRL", total_amount: {total},
               order: {{ items: [{items}], subtotal: 100, tax: 5 }}"#
        ))
    };
    let item = r#"{ name: "n", amount: 100, quantity: 1 }"#;
    assert!(order("105", item).is_empty());
    assert!(order("total", item).is_empty());
    assert_eq!(order("104", &format!("{item}, ..more")).len(), 1);
    assert!(order("105", &format!("{item}, ..more")).is_empty());
    assert_eq!(order("105", &format!("{item}, {item}")).len(), 1);
    assert!(order("105", r#"{ name: "n", amount: price, quantity: 1 }"#).is_empty());
    assert_eq!(
        order("105", r#"{ name: "n", amount: 100, sale_amount: 100, quantity: 1 }"#),
        [
            "interactive.action.parameters.order.items[0].sale_amount.value: `sale_amount.value` is 100, \
          and must be less than `amount.value`, which is 100"
        ]
    );
    let card = |kind: &str| {
        format!(r#"{{ header: {{ {kind}: {{ link: link }} }}, display_text: "Buy", url: link }}"#)
    };
    let cards = sentences(&format!(
        "<carousel> to, body: b, cards: [{}, {}, ..more]",
        card("image"),
        card("video")
    ));
    assert_eq!(
        cards,
        [
            "interactive.action.cards[1].header.type: `type` is `video`, and has to be the same everywhere; \
          the first, at `interactive.action.cards[0].header.type`, is `image`"
        ]
    );
    assert_eq!(
        sentences(
            r#"<template> to, name: "n", language: "en", body: [{ parameter_name: "a", text: x }, y, { text: z }]"#
        ),
        [
            "template.components[0].parameters[2].parameter_name: `parameter_name` is missing here and given at \
          `template.components[0].parameters[0]`, and has to be given everywhere or nowhere"
        ]
    );
}
