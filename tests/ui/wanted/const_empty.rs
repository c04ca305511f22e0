// A constant that must not be empty. What is printed does not name the field.
//
// Should print, at the `const` block:
//     error: `body` is empty, and `<text>` needs at least 1 character there
use wa_message::wa_message;

const BODY: &str = "";

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: const { BODY } };
}
