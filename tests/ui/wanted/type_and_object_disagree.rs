// The type says one thing, the object another. What is printed are two errors, of which the second is a
// consequence: "`<text>` needs `text`".
//
// Should print, at `"image"`, once:
//     error: `<text>` has no field `image`, which belongs to `<image>`
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "text",
        "image": { "id": "1013859600285441" }
    });
}
