// `null` for what has to be given. What is printed stands at the whole document, and in the short form
// at the kind.
//
// Should print, at each of the four `null`:
//     error: `<text>` needs `to`, the phone number or WhatsApp id of the recipient
//     error: `<text>` needs `body`, the text of the message
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": null,
        "type": "text",
        "text": { "body": null }
    });
    let _ = wa_message! { <text> to: null, body: null };
}
