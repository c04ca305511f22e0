// Without a type, a message is a text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "image": { "id": "1013859600285441" }
    });
}
