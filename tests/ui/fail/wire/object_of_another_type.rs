// One object too many.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "text": { "body": "Hello" },
        "image": { "id": "1013859600285441" }
    });
}
