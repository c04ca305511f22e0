// A key that stands twice, at any depth.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "text": { "body": "Hello", "preview_url": true, "body": "Good morning" },
        "to": "+15550101"
    });
}
