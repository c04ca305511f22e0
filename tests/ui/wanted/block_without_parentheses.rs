// A block of Rust without parentheses. What is printed takes it for an object: "expected `:` and a value
// behind `let`" and "`body` must be a text, and this is an object".
//
// Should print, at the block, once:
//     error: a block of Rust stands in parentheses here: `({ .. })`
use wa_message::wa_message;

fn main() {
    let first = "Ada";
    let _ = wa_message! { <text> to: "+15550100", body: { let name = first; name.to_uppercase() } };
}
