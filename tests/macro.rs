//! The macro as a user writes it.
#![allow(clippy::unwrap_used, missing_docs)]
use wa_message::{InvalidMessage, Message, wa_message};

#[test]
fn literals_make_a_message() {
    let message: Message = wa_message! { <text> to: "+15550100", body: "Hello", preview_url: true };
    println!("{}", message.to_json());
    let message: Message = wa_message! { <button>
        to: "+15550100", header: "Hi", body: "Sure?", footer: "x",
        buttons: [{ id: "yes", title: "Yes" }, { id: "no", title: "No" }],
    };
    println!("{}", message.to_json());
    assert_eq!(message.to_json(), serde_json::to_string(&message).unwrap());
    let message: Message = wa_message! { <button>
        to: "+15550100", header: { image: { link: "https://example.org/a.png" } }, body: { text: const { "a" } },
        buttons: [{ id: "yes", title: const { "Yes" } }],
    };
    println!("{}", message.to_json());
    let m = wa_message!({"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "x"}});
    println!("{}", m.to_json());
}

#[test]
fn expressions_make_a_result() -> Result<(), InvalidMessage> {
    let to = String::from("+15550100");
    let specials = [("a", "A"), ("b", "B")];
    let description: Option<&str> = None;
    let more = vec![wa_message::types::Row::new("z", "Z")];
    let vegan = true;
    let message: Message = wa_message! { <list>
        to, header: "Tonight", body: "Pick a dish", button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                for (id, title) in specials { id: id, title: title, description },
                if vegan { id: "v", title: "Vegan" } else { id: "w", title: "Meat" },
                ..more,
            ] },
            { title: "x", rows: [{ id: "fixed", title: "Fixed" }] },
        ],
    }?;
    println!("{}", message.to_json());
    assert_eq!(message.to_json(), serde_json::to_string(&message).unwrap());
    let (invoice, to) = ("https://example.org/i.pdf", "1");
    let message = wa_message! { <template>
        to, name: "order_ready", language: "en_US",
        header: { document: { link: invoice, filename: "invoice.pdf" } },
        body: ["Ada", { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500 } }],
        buttons: [{ quick_reply: "track-17" }, { url: "orders/17" }, for x in 0..1 { url: format!("{x}") }, { catalog: "sku" }],
    }?;
    println!("{}", message.to_json());
    let f = wa_message! { <flow> to: "1", body: "b", flow_id: "1", flow_cta: "Go", flow_action_payload: { screen: "A", data: { a: 1, b: [1, "x", to], c: { d: null } } } }?;
    println!("{}", f.to_json());
    let f = wa_message! { <form_message> to: "1", header: { text: "Rate", sub_text: "tap" }, layout: ["r1"] };
    println!("{}", f.to_json());
    let f = wa_message! { <catalog_message> to: "1", body: "b" };
    println!("{}", f.to_json());
    let f =
        wa_message! { <catalog_message> to: "1", body: to, thumbnail_product_retailer_id: "x" }?;
    println!("{}", f.to_json());
    let f = wa_message! { <read> message_id: "wamid.x", typing_indicator: "text" };
    println!("{}", f.to_json());
    let f = wa_message! { <product_list> to: "1", context: "wamid.1", header: "h", body: "b", catalog_id: "1", sections: [{ title: "s", product_items: ["a", "b"] }] };
    println!("{}", f.to_json());
    let f = wa_message! { <contacts> to: "1", contacts: [{ name: { formatted_name: "Ada L", first_name: "Ada" }, emails: ["a@b.c"], phones: [{ phone: "1" }] }] };
    println!("{}", f.to_json());
    let e = wa_message! { <text> to: "1", body: "x".repeat(5000) };
    println!("{}", e.unwrap_err());
    Ok(())
}

#[test]
fn null_leaves_a_component_out() {
    let message = wa_message! { <template> to: "1", name: "n", language: "en", header: null };
    assert!(!message.to_json().contains("components"), "{}", message.to_json());
}

#[test]
fn a_name_is_given_once_behind_else_too() {
    let invocation = r#"[wa] { "contacts": [if yes { "name": 1 } else { "org": {}, "org": {} }] }"#;
    let analysis = wa_message_dsl::analyse(invocation.parse().unwrap());
    let repeated =
        analysis.diagnostics().iter().any(|found| found.message.contains("a second time"));
    assert!(repeated, "{:?}", analysis.diagnostics());
}
