// A type of one's own, which does not say how it is a text.
use wa_message::wa_message;

struct PhoneNumber(String);

fn main() {
    let to = PhoneNumber(String::from("+15550100"));
    println!("{}", to.0);
    let _ = wa_message! { <text> to, body: "Hello" };
}
