//! Sends a message from each of six templates, whose definitions lie in `whatsapp-templates` beside the manifest.
//!
//! `cargo run -p wa-example-templates` sends to a stand-in of the API that holds the same definitions. Change a value
//! here, or a definition there, and see what the compiler says: leave a variable out, write `order` for `order_id`,
//! take the picture away.

use std::error::Error;

use wa_message::{
    Client, InvalidMessage, Message, Templates, include_templates, types::ParameterImage,
    wa_message,
};
use wa_sandbox::Sandbox;

wa_message::templates! {
    /// A function for each template.
    mod approved;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let templates: Templates = include_templates!();
    let sandbox = Sandbox::start().await?;
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .templates(templates)
        .build()?;
    for message in messages("+15550100", "Ada", "17")? {
        let sent = client.send(&message).await?;
        println!("accepted as {}", sent.id());
    }
    Ok(())
}

/// A message from each template.
fn messages(to: &str, first_name: &str, order_id: &str) -> Result<Vec<Message>, InvalidMessage> {
    // Variables with names, and one of them in the header.
    let named = wa_message! { <template>
        to,
        name: "pick_up",
        language: "en_US",
        header: { order_id },
        body: { first_name, hour: "eight" },
    }?;

    // A file in the header.
    let receipt = wa_message! { <template>
        to,
        name: "receipt",
        language: "en_US",
        header: { document: { link: "https://example.org/receipt.pdf", filename: "receipt.pdf" } },
        body: [order_id],
    }?;

    // Cards. A quick reply answers with its text when nothing is given.
    let shelf = wa_message! { <template>
        to,
        name: "shelf",
        language: "en_US",
        body: [first_name],
        carousel: [
            { header: { image: { link: "https://example.org/rye.png" } }, body: "today", buttons: [{ url: "rye" }] },
            { header: { image: { link: "https://example.org/spelt.png" } }, buttons: [{ url: "spelt" }] },
        ],
    }?;

    // An offer that ends. The buttons find their indexes by the definition.
    let sale = wa_message! { <template>
        to,
        name: "sale",
        language: "en_US",
        header: { image: { link: "https://example.org/sale.png" } },
        limited_time_offer: { expiration_time_ms: 1_893_456_000_000 },
        body: [first_name],
        buttons: [{ copy_code: "BREAD20" }, { url: "bread" }],
    }?;

    // A one-time code stands in the text and in the button.
    let code = wa_message! { <template>
        to,
        name: "code",
        language: "en_US",
        body: "482913",
        buttons: [{ url: "482913" }],
    }?;

    // The state of an order.
    let state = wa_message! { <template>
        to,
        name: "order_state",
        language: "en_US",
        body: [order_id],
        order_status: { reference_id: order_id, order: { status: "shipped" } },
    }?;

    // By functions that the compiler made from the definitions. Variables with names are the fields of a struct.
    let again = approved::pick_up::en_us(
        to,
        approved::pick_up::EnUs { order_id, first_name, hour: "nine" },
    )?;
    let picture = ParameterImage::by_link("https://example.org/sale.png");
    let last =
        approved::sale::en_us(to, picture, first_name, "BREAD20", "bread", 1_893_456_000_000)?;

    Ok(vec![named, receipt, shelf, sale, code, state, again, last])
}
