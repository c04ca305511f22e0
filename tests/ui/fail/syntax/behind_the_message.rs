// A message ends with its braces.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "" } }, 12);
}
