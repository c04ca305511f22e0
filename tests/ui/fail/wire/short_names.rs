// Names of the short form in the wire form: the error says where they stand in the document.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "body": "Hello"
    });
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "template",
        "template": { "name": "order_ready", "language": "en_US", "body": ["Ada"] }
    });
}
