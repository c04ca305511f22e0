// The inner type, unknown.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": { "type": "buttons", "body": { "text": "Hello" } }
    });
}
