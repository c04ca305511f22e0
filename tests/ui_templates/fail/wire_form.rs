// The document as it is sent is held against the same definition.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "template",
        "template": {
            "name": "order_ready",
            "language": { "code": "en_US" },
            "components": [
                { "type": "body", "parameters": [{ "type": "text", "text": "Ada" }] }
            ]
        }
    });
}
