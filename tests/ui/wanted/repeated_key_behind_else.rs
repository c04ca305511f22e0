// A key of the wire form that stands twice, behind `else`. It compiles, and the second value is lost.
//
// Should print, at the second key:
//     error: `title` is given a second time
use wa_message::wa_message;

fn main() {
    let two = true;
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": { "text": "For whom?" },
            "action": { "buttons": [
                if two { "type": "reply", "reply": { "id": "1", "title": "Two" } }
                else { "type": "reply", "reply": { "id": "1", "title": "One", "title": "Me" } }
            ] }
        }
    });
}
