// A read receipt in the wire form.
use wa_message::wa_message;

fn main() {
    let _ =
        wa_message!({ "messaging_product": "whatsapp", "status": "delivered", "to": "+15550100" });
}
