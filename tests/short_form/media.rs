//! Images, audio, videos, documents and stickers.

use std::sync::Arc;

use serde_json::json;
use wa_message::{Message, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, document, same},
};

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
    as_in_the_file(&message.to_json(), example!("image"));
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
    as_in_the_file(&message.to_json(), example!("audio"));
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
    as_in_the_file(&message.to_json(), example!("video"));
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
    as_in_the_file(&message.to_json(), example!("document"));
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
    as_in_the_file(&message.to_json(), example!("sticker"));
}
