//! Locations.

use serde_json::json;
use wa_message::{Message, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, document, same},
};

#[test]
fn location() -> Outcome {
    let content = json!({
        "latitude": 59.9139, "longitude": -10.7522, "name": "Harbour office", "address": "Quay 4",
    });
    let wire = document("location", &content);
    let message: Message = wa_message! { <location>
        to: "+15550100",
        latitude: 59.9139,
        longitude: -10.7522,
        name: "Harbour office",
        address: "Quay 4",
    };
    same(&message, &wire);
    let (latitude, longitude, name) = (59.9139, 10.7522, Some("Harbour office"));
    let message = wa_message! { <location>
        to: "+15550100",
        latitude,
        longitude: -longitude,
        name,
        address: String::from("Quay 4"),
    }?;
    same(&message, &wire);

    // Whole numbers, and numbers that are written as texts.
    let wire = document("location", &json!({ "latitude": -90.0, "longitude": 10.5 }));
    same(&wa_message! { <location> to: "+15550100", latitude: -90, longitude: "10.5" }, &wire);
    let (latitude, longitude) = (-90_i32, 10.5_f32);
    same(
        &wa_message! { <location> to: "+15550100", latitude: latitude, longitude: longitude }?,
        &wire,
    );
    Ok(())
}

#[test]
fn example_location() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "to": "+16505551234",
      "type": "location",
      "location": {
        "longitude": 10.7522,
        "latitude": 59.9139,
        "name": "Harbour office",
        "address": "Quay 4, 0150 Oslo"
      }
    });
    as_in_the_file(&message.to_json(), example!("location"));
}
