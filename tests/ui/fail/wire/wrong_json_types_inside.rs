// The same further inside.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": "Keep your booking?",
            "action": { "buttons": { "type": "reply", "reply": { "id": 1, "title": "Keep" } } }
        }
    });
}
