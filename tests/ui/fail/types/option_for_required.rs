// A required field takes no `Option`.
use wa_message::wa_message;

fn main() {
    let to: Option<String> = None;
    let _ = wa_message! { <text> to, body: "Hello" };
}
