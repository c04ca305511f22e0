// Where the On-Premises API had it.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "preview_url": true,
        "text": { "body": "Hello" }
    });
}
