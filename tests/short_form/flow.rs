//! Flows and forms.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, interactive, same},
};

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
    as_in_the_file(&message.to_json(), example!("flow"));
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
    as_in_the_file(&message.to_json(), example!("form_message"));
}
