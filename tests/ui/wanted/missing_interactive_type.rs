// The inner type is missing. What is printed is about the message, which has one: "a message needs
// `type`, the kind of interactive message".
//
// Should print, at the inner object:
//     error: an interactive message needs `type`, the kind of interactive message
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": { "body": { "text": "Hello" } }
    });
}
