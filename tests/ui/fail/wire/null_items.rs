// `null` is no item.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "contacts",
        "contacts": [null, { "name": { "formatted_name": "Ada", "first_name": "Ada" }, "phones": [null, 7] }]
    });
}
