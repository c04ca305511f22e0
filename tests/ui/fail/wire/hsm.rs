// A message of the On-Premises API.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "recipient": "+15550100",
        "type": "hsm",
        "hsm": { "namespace": "c8ae5f90", "element_name": "order_ready" }
    });
}
