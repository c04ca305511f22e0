// What a message is has to be known while compiling. It compiles: the expression is dropped without
// being evaluated, and the message is a text.
//
// Should print, at the expression:
//     error: `type` must be a literal: what a message is has to be known while compiling
use wa_message::wa_message;

fn main() {
    let kind = "image";
    println!("{kind}");
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": kind,
        "text": { "body": "Hello" }
    });
}
