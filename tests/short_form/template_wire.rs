//! Templates, with the components of the wire form.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{Outcome, documents::same, template::template};

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
