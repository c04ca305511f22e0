// A document in which most is missing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message!({ "type": "image" });
}
