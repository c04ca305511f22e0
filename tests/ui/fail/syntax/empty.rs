// Nothing at all.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! {};
}
