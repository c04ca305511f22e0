// Braces make an object; a block of Rust needs parentheses.
use wa_message::wa_message;

fn main() {
    let first = "Ada";
    println!("{first}");
    let _ = wa_message! { <text> to: "", body: { let name = first; name.to_uppercase() } };
}
