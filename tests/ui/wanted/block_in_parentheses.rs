// A block of Rust in parentheses. It compiles with a warning, "unnecessary parentheses around function
// argument", which advises to take them away; without them it does not compile.
//
// Should compile without a warning.
#![deny(warnings)]
use wa_message::wa_message;

fn main() {
    let first = "Ada";
    let _ = wa_message! { <text> to: "+15550100", body: ({ let name = first; name.to_uppercase() }) };
}
