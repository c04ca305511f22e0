// `null` for what has to be given, in both forms.
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
