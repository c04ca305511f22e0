//! Reply buttons, and the headers of interactive messages.

use serde_json::{Value, json};
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, interactive, same},
};

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
    as_in_the_file(&message.to_json(), example!("button"));
}
