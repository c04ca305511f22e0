// The fields stand behind the kind as they are.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> { to: "", body: "Hello" } };
}
