//! Templates, with their components by name.

use serde_json::{Value, json};
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, document, same},
};

/// The document of a template with components.
pub(crate) fn template(components: &Value) -> Value {
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
    as_in_the_file(&message.to_json(), example!("template"));
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
    as_in_the_file(&message.to_json(), example!("template_buttons"));
}
