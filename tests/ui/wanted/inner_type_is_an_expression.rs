// The same one level further inside. What is printed is about the code that the macro wrote: "expected
// expression, found `}`".
//
// Should print, at the expression:
//     error: `type` must be a literal: what a message is has to be known while compiling
use wa_message::wa_message;

fn main() {
    let kind = "list";
    println!("{kind}");
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": { "type": kind, "body": { "text": "Pick a dish" } }
    });
}
