// The wire form has no short forms.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": {
            "type": "list",
            "header": "Tonight",
            "body": "Pick a dish",
            "button": "See dishes",
            "sections": [{ "rows": [{ "id": "m1", "title": "Feijoada" }] }]
        }
    });
}
