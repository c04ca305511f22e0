// A method call without its end.
use wa_message::wa_message;

fn main() {
    let name = "Ada";
    let _ = wa_message! { <text> to: "", body: name. };
}
