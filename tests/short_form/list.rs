//! Lists.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, interactive, same},
};

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
    as_in_the_file(&message.to_json(), example!("list"));
}
