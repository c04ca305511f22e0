// Limits hold in both forms.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": { "text": "Keep your booking?" },
            "action": { "buttons": [{ "type": "reply", "reply": { "id": "keep", "title": "Keep it for two of us" } }] }
        }
    });
}
