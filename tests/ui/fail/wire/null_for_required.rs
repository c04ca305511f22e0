// `null` is as good as nothing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": null,
        "type": "text",
        "text": { "body": null }
    });
}
