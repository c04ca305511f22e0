// The inner type is missing, and nothing else can be said.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": { "body": { "text": "Hello" } }
    });
}
