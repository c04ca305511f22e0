// A message is an object.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!([{ "messaging_product": "whatsapp" }]);
}
