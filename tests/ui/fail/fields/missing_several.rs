// All the missing fields at once.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list> };
}
