//! Sends one message of every kind and marks one as read.
//!
//! `cargo run --example quickstart` sends to a stand-in of the API that runs in this program. With
//! `WHATSAPP_TOKEN`, `WHATSAPP_PHONE_NUMBER_ID` and `WHATSAPP_TO` in the environment it sends to the
//! real API, which takes only those messages whose media, templates, products and Flows exist.

use std::{env, error::Error};

use wa_message::{Client, InvalidMessage, Message, Sent, wa_message};
use wa_sandbox::Sandbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let real =
        (variable("WHATSAPP_TOKEN"), variable("WHATSAPP_PHONE_NUMBER_ID"), variable("WHATSAPP_TO"));
    // The sandbox serves for as long as it is kept.
    let (_sandbox, client, to) = if let (Some(token), Some(phone_number_id), Some(to)) = real {
        println!("Sending to the WhatsApp Cloud API.\n");
        (None, Client::new(token, phone_number_id)?, to)
    } else {
        let sandbox = Sandbox::start().await?;
        println!("Sending to a sandbox at {}.\n", sandbox.base_url());
        let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
            .base_url(sandbox.base_url())
            .build()?;
        (Some(sandbox), client, "+1 555 010 0100".to_owned())
    };

    println!("{:<24} {:<12} WAMID", "KIND", "STATUS");
    let mut failures = 0;
    let mut last = None;
    for message in messages(&to)?.into_iter().chain(more_messages(&to)?) {
        match client.send(&message).await {
            Ok(sent) => {
                println!("{:<24} {:<12} {}", message.kind(), status(&sent), sent.id());
                last = Some(sent.id().to_owned());
            }
            Err(error) => {
                failures += 1;
                println!("{:<24} {:<12} {error}", message.kind(), "failed");
            }
        }
    }

    if let Some(message_id) = last {
        // A real receipt names a message that was received; the sandbox takes any.
        let receipt = wa_message! { <read> message_id: &message_id, typing_indicator: "text" }?;
        match client.mark_read(&receipt).await {
            Ok(()) => println!("{:<24} {:<12} {message_id}", "read", "marked"),
            Err(error) => {
                failures += 1;
                println!("{:<24} {:<12} {error}", "read", "failed");
            }
        }
    }
    if failures > 0 { Err(format!("{failures} could not be sent").into()) } else { Ok(()) }
}

fn status(sent: &Sent) -> String {
    sent.message_status().map_or_else(|| "accepted".to_owned(), ToString::to_string)
}

/// One message of every kind. Everything in them is known here but the recipient.
fn messages(to: &str) -> Result<Vec<Message>, InvalidMessage> {
    Ok(vec![
        wa_message! { <text> to, body: "Your table is ready: https://example.org/t/17", preview_url: true }?,
        wa_message! { <reaction> to, message_id: "wamid.HBgLMTU1NTAxMDAxMDA", emoji: "👍🏽" }?,
        wa_message! { <image> to, link: "https://example.org/menu.png", caption: "Tonight" }?,
        wa_message! { <audio> to, link: "https://example.org/greeting.ogg", voice: true }?,
        wa_message! { <video> to, link: "https://example.org/kitchen.mp4" }?,
        wa_message! { <document> to, link: "https://example.org/menu.pdf", filename: "menu.pdf" }?,
        wa_message! { <sticker> to, link: "https://example.org/hello.webp" }?,
        wa_message! { <location> to, latitude: -22.9711, longitude: -43.1823, name: "The kitchen", address: "Av. Atlântica 1" }?,
        wa_message! { <contacts> to, contacts: [{
            name: { formatted_name: "The kitchen", first_name: "Kitchen" },
            phones: [{ phone: "+55 21 5555-0100", type: "WORK", wa_id: "552155550100" }],
        }] }?,
        wa_message! { <button> to,
            header: "Your booking",
            body: "Keep the table at eight?",
            footer: "We hold it for 15 minutes",
            buttons: [{ id: "keep", title: "Keep it" }, { id: "cancel", title: "Cancel it" }],
        }?,
        wa_message! { <list> to,
            header: "Tonight",
            body: "Pick a dish",
            button: "See dishes",
            sections: [
                { title: "Mains", rows: [
                    { id: "m1", title: "Feijoada", description: "With rice" },
                    { id: "m2", title: "Moqueca" },
                ] },
                { title: "Sweets", rows: [{ id: "s1", title: "Pudim" }] },
            ],
        }?,
        wa_message! { <product> to, body: "Take it home", catalog_id: "194836987003835", product_retailer_id: "hot-sauce" }?,
        wa_message! { <product_list> to,
            header: "From our shelf",
            body: "Everything for the kitchen",
            catalog_id: "194836987003835",
            sections: [{ title: "Sauces", product_items: ["hot-sauce", "mild-sauce"] }],
        }?,
        wa_message! { <catalog_message> to, body: "The whole shelf", thumbnail_product_retailer_id: "hot-sauce" }?,
        wa_message! { <flow> to,
            body: "Book a table",
            flow_id: "1254213574875421",
            flow_cta: "Book",
            flow_token: "visit-42",
            flow_action_payload: { screen: "GUESTS", data: { guests: 2, outside: true } },
        }?,
        wa_message! { <form_message> to,
            header: { text: "How was it?", sub_text: "Tap a star" },
            layout: [{ id: "visit-42" }],
        }?,
        wa_message! { <template> to,
            name: "order_ready",
            language: "en_US",
            header: { document: { link: "https://example.org/invoice.pdf", filename: "invoice.pdf" } },
            body: ["Ada", { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500 } }],
            buttons: [{ quick_reply: "track-17" }, { url: "orders/17" }],
        }?,
    ])
}

/// The kinds that the API got later: links, requests, calls, orders, carousels, pins.
fn more_messages(to: &str) -> Result<Vec<Message>, InvalidMessage> {
    let group = "120363025246125486";
    Ok(vec![
        wa_message! { <cta_url> to, body: "See the menu of tonight", display_text: "Open the menu", url: "https://example.org/menu" }?,
        wa_message! { <location_request_message> to, body: "Where shall we bring it?" }?,
        wa_message! { <request_contact_info> to, body: "How can we reach you?" }?,
        wa_message! { <call_permission_request> to, body: "May we call about your booking?" }?,
        wa_message! { <voice_call> to, body: "Talk to the kitchen", display_text: "Call us", ttl_minutes: 60 }?,
        wa_message! { <address_message> to,
            body: "Where shall we deliver?",
            country: "IN",
            values: { city: "Pune" },
            saved_addresses: [{ id: "home", value: { address: "1 MG Road", city: "Pune", in_pin_code: "411001" } }],
        }?,
        wa_message! { <order_details> to,
            body: "Your order",
            reference_id: "order-17",
            type: "digital-goods",
            payment_type: "br",
            currency: "BRL",
            total_amount: 5500,
            payment_settings: [{ boleto: "03399026944140000002628346101018898510000008848" }],
            order: {
                items: [{ name: "Moqueca", amount: 3000, sale_amount: 2500, quantity: 2 }],
                subtotal: 5000,
                tax: 500,
            },
        }?,
        wa_message! { <order_status> to,
            body: "Your order is on its way",
            reference_id: "order-17",
            order: { status: "shipped", description: "It leaves the kitchen now" },
        }?,
        wa_message! { <carousel> to, body: "Two dishes of tonight", cards: [
            { header: { image: { link: "https://example.org/moqueca.png" } }, body: "Moqueca",
              display_text: "Order it", url: "https://example.org/moqueca" },
            { header: { image: { link: "https://example.org/pudim.png" } }, body: "Pudim",
              display_text: "Order it", url: "https://example.org/pudim" },
        ] }?,
        wa_message! { <template> to,
            name: "sale",
            language: "en_US",
            body: { first_name: "Ada" },
            limited_time_offer: 1_798_761_600_000,
            buttons: [{ copy_code: "SAVE25" }, { url: "sale" }],
        }?,
        wa_message! { <pin> to: group, recipient_type: "group", message_id: "wamid.HBgLMTU1NTAxMDAxMDA", expiration_days: 7 }?,
        wa_message! { <unpin> to: group, recipient_type: "group", message_id: "wamid.HBgLMTU1NTAxMDAxMDA" }?,
    ])
}
