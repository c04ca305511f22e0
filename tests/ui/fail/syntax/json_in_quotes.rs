// JSON stands in a message as it is, and a text of it is parsed.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!(r#"{ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "Hello" } }"#);
    let _ = wa_message!(serde_json::json!({ "to": "+15550100" }));
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep it?",
        buttons: "[{ \"id\": \"keep\", \"title\": \"Keep\" }]",
    };
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": "{ \"type\": \"button\" }"
    });
}
