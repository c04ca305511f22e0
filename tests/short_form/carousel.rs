//! Carousels.

use wa_message::{Message, wa_message};

use crate::{
    Outcome,
    documents::{first, same_as_example},
};

#[test]
fn carousel() -> Outcome {
    let message: Message = wa_message! { <carousel>
        to: "+16505551234",
        recipient_type: "individual",
        body: "Three things for your kitchen",
        cards: [
            { header: { image: { link: "https://example.org/mug-blue.png" } }, body: "*Blue mug*\nFor coffee",
              display_text: "Buy", url: "https://example.org/shop/mug-blue" },
            { header: { image: { link: "https://example.org/plate-small.png" } }, body: "*Small plate*\nFor cake",
              display_text: "Buy", url: "https://example.org/shop/plate-small" },
            { header: { image: { link: "https://example.org/bowl.png" } }, body: "*Bowl*\nFor soup",
              display_text: "Buy", url: "https://example.org/shop/bowl" },
        ],
    };
    same_as_example(&message, example!("carousel"));
    let things = [
        ("mug-blue", "Blue mug", "coffee"),
        ("plate-small", "Small plate", "cake"),
        ("bowl", "Bowl", "soup"),
    ];
    let message = wa_message! { <carousel>
        to: "+16505551234",
        recipient_type: "individual",
        body: "Three things for your kitchen",
        cards: [for (id, name, purpose) in things {
            header: { image: { link: format!("https://example.org/{id}.png") } },
            body: format!("*{name}*\nFor {purpose}"),
            display_text: "Buy",
            url: format!("https://example.org/shop/{id}"),
        }],
    }?;
    same_as_example(&message, example!("carousel"));

    let products: Message = wa_message! { <carousel> to: "1", body: "b", cards: [
        { product_retailer_id: "mug", catalog_id: "7" },
        { product_retailer_id: "bowl", catalog_id: "7" },
    ] };
    let written = serde_json::to_value(&products)?;
    let card = &written["interactive"]["action"]["cards"][1];
    assert_eq!((&card["card_index"], &card["type"]), (&1.into(), &"product".into()));
    let buttons: Message = wa_message! { <carousel> to: "1", body: "b", cards: [
        { header: { video: { link: "https://example.org/a.mp4" } }, buttons: [{ id: "a", title: "Yes" }] },
        { header: { video: { link: "https://example.org/b.mp4" } }, buttons: [{ id: "b", title: "Yes" }] },
    ] };
    let written = serde_json::to_value(&buttons)?;
    let action = &written["interactive"]["action"]["cards"][1]["action"];
    let expected = serde_json::json!({
        "buttons": [{ "type": "quick_reply", "quick_reply": { "id": "b", "title": "Yes" } }],
    });
    assert_eq!(*action, expected);
    let catalog = "8";
    let two = wa_message! { <carousel> to: "1", body: "b", cards: [
        { product_retailer_id: "mug", catalog_id: "7" },
        { product_retailer_id: "bowl", catalog_id: catalog },
    ] };
    assert_eq!(
        first(two),
        (
            "interactive.action.cards[1].action.catalog_id".to_owned(),
            "`catalog_id` is `8`, and has to be the same everywhere; the first, at \
             `interactive.action.cards[0].action.catalog_id`, is `7`"
                .to_owned()
        )
    );
    Ok(())
}
