// Braces make an object; a block of Rust needs parentheses.
use wa_message::wa_message;

fn main() {
    let first = "Ada";
    let _ = wa_message! { <text> to: "+15550100", body: { let name = first; name.to_uppercase() } };
}
