// A constant is checked as well.
use wa_message::wa_message;

const OWNER: &str = "owner@example.org";

fn main() {
    let _ = wa_message! { <text> to: const { OWNER }, body: "Hello" };
}
