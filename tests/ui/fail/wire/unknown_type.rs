// A type that does not exist, with the nearest one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({ "messaging_product": "whatsapp", "to": "+15550100", "type": "txt", "txt": { "body": "Hello" } });
}
