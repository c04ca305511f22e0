// Values of the wrong JSON type.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": 15550100,
        "type": "text",
        "context": "wamid.HBgL",
        "text": { "body": ["Hello"], "preview_url": "true" }
    });
}
