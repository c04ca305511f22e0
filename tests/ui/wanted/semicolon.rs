// A semicolon in the place of a comma. What stands behind it is lost and reported as missing.
//
// Should print, at the semicolon, once:
//     error: expected `,` before the next field
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100"; body: "Hello" };
}
