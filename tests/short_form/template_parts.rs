//! Templates, with named parameters and what templates got later.

use wa_message::{Message, wa_message};

use crate::{Outcome, documents::same_as_example};

#[test]
fn named_parameters() -> Outcome {
    let name = "Ada";
    let message = wa_message! { <template>
        to: "+15550100", name: "order_ready", language: "en_US",
        body: { first_name: name, order_number: "17" },
    }?;
    let components = serde_json::to_value(&message)?["template"]["components"].clone();
    assert_eq!(
        components,
        serde_json::json!([{ "type": "body", "parameters": [
            { "type": "text", "parameter_name": "first_name", "text": "Ada" },
            { "type": "text", "parameter_name": "order_number", "text": "17" },
        ] }])
    );
    let header: Message = wa_message! { <template>
        to: "+15550100", name: "order_ready", language: "en_US",
        header: { first_name: "Ada" }, body: { "order_number": "17" },
    };
    assert!(header.to_json().contains(r#""parameter_name":"first_name""#));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "order_ready",
        language: "en_US",
        header: { location: {
            latitude: 59.9139, longitude: 10.7522, name: "Harbour office", address: "1 Pier Road, Oslo",
        } },
        body: [
            { parameter_name: "first_name", text: "Ada" },
            { parameter_name: "order_number", text: "17" },
            { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12_500 } },
            { parameter_name: "pickup_time", text: "noon" },
        ],
        buttons: [{ url: "orders/17" }],
    };
    same_as_example(&message, example!("template_named"));
    Ok(())
}

#[test]
fn template_parts() {
    let things = [("mug-blue", "Blue mug"), ("plate-small", "Small plate"), ("bowl", "Bowl")];
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "summer_kitchen",
        language: "en_US",
        body: ["Ada"],
        carousel: [for (id, name) in things { components: [
            { type: "header", parameters: [{ image: { link: format!("https://example.org/{id}.png") } }] },
            { type: "body", parameters: [name, "20%"] },
            { type: "button", index: 0, quick_reply: format!("more-{id}") },
            { type: "button", index: 1, url: format!("shop/{id}") },
        ] }],
    };
    same_as_example(&message.unwrap(), example!("template_carousel"));
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "summer_kitchen",
        language: "en_US",
        body: ["Ada"],
        carousel: [for (id, name) in things {
            header: { image: { link: format!("https://example.org/{id}.png") } },
            body: [name, "20%"],
            buttons: [{ quick_reply: format!("more-{id}") }, { url: format!("shop/{id}") }],
        }],
    };
    same_as_example(&message.unwrap(), example!("template_carousel"));
    let ends = 4_102_444_800_000_i64;
    let message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "spring_offer",
        language: "en_US",
        header: { image: { link: "https://example.org/spring.png" } },
        body: ["Ada", "SAVE25"],
        limited_time_offer: { expiration_time_ms: ends },
        buttons: [{ copy_code: "SAVE25" }, { url: "offers/spring" }],
    };
    same_as_example(&message.unwrap(), example!("template_limited_time_offer"));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "picked_for_you",
        language: "en_US",
        body: "Ada",
        buttons: [{ mpm: { thumbnail_product_retailer_id: "mug-blue", sections: [
            { title: "Mugs", product_items: ["mug-blue", "mug-red"] },
            { title: "Plates", product_items: ["plate-small"] },
        ] } }],
    };
    same_as_example(&message, example!("template_mpm"));
    let message: Message = wa_message! { <template>
        to: "+16505551234",
        recipient_type: "individual",
        name: "order_to_pay",
        language: "en_US",
        header: { image: { link: "https://example.org/pao.png" } },
        body: ["Ada", "R$ 33,00"],
        buttons: [{ order_details: {
            reference_id: "pedido-17",
            type: "physical-goods",
            payment_type: "br",
            payment_settings: [{ pix_dynamic_code: {
                code: "00020101021226700014br.gov.bcb.pix",
                merchant_name: "Casa do Pão",
                key: "39580525000189",
                key_type: "CNPJ",
            } }],
            currency: "BRL",
            total_amount: 3300,
            order: {
                items: [{
                    name: "Pão de queijo",
                    image: "https://example.org/pao.png",
                    amount: 1500,
                    quantity: 2,
                }],
                subtotal: 3000,
                tax: 100,
                shipping: 500,
                discount: { value: 300, description: "Primeira compra" },
            },
        } }],
    };
    same_as_example(&message, example!("template_order_details"));
    let call: Message = wa_message! { <template> to: "1", name: "call", language: "en", buttons: [
        { voice_call: [{ ttl_minutes: 60 }, { payload: "desk" }] },
        { flow: { flow_token: "t", flow_action_data: { city: "Oslo" } } },
    ] };
    let written = serde_json::to_value(&call).unwrap();
    let expected = serde_json::json!([
        { "type": "ttl_minutes", "ttl_minutes": 60 }, { "type": "payload", "payload": "desk" },
    ]);
    assert_eq!(written["template"]["components"][0]["parameters"], expected);
    let tap: Message = wa_message! { <template> to: "1", name: "tap", language: "en",
        tap_target_configuration: { tap_target_configuration: [{ url: "https://example.org", title: "Site" }] },
        order_status: { reference_id: "r", order: "shipped" },
    };
    let written = serde_json::to_value(&tap).unwrap();
    let expected = serde_json::json!({ "reference_id": "r", "order": { "status": "shipped" } });
    assert_eq!(written["template"]["components"][0]["parameters"][0]["order_status"], expected);
}
