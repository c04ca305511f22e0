//! Products and catalogues.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, interactive, same},
};

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
    as_in_the_file(&message.to_json(), example!("product"));
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
    as_in_the_file(&message.to_json(), example!("product_list"));
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
    as_in_the_file(&message.to_json(), example!("catalog_message"));
}
