// A spread makes items of an array. What is printed is "expected the name of a field".
//
// Should print, at the dots:
//     error: `..` makes items of an array, and this is an object
use wa_message::wa_message;

fn main() {
    let defaults = 1;
    println!("{defaults}");
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", ..defaults };
}
