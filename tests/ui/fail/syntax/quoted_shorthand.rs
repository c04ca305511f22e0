// A quoted name alone takes no variable.
use wa_message::wa_message;

fn main() {
    let to = "+15550100";
    println!("{to}");
    let _ = wa_message! { <text> "to", body: "Hello" };
}
