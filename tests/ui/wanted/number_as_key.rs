// Names of fields are names. What is printed stands at the colon.
//
// Should print, at `1`:
//     error: expected the name of a field
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", 1: "Hello", body: "Hello" };
}
