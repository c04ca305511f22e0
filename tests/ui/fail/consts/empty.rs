// A constant that must not be empty.
use wa_message::wa_message;

const BODY: &str = "";

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: const { BODY } };
}
