// The type says one thing, the object another.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "image": { "id": "1013859600285441" }
    });
}
