// What a message is has to be known while compiling.
use wa_message::wa_message;

fn main() {
    let kind = "text";
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": kind,
        "text": { "body": "Hello" }
    });
}
