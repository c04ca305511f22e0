// A spread makes items of an array, not fields of an object.
use wa_message::wa_message;

fn main() {
    let defaults = 1;
    println!("{defaults}");
    let _ = wa_message! { <text> to: "", body: "Hello", ..defaults };
}
