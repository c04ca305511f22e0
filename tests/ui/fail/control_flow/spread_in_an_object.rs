// A spread makes items of an array, not fields of an object.
use wa_message::wa_message;

fn main() {
    let defaults = 1;
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", ..defaults };
}
