// A field of something borrowed is not moved out of it: `&guest.name`, or a clone.
use wa_message::wa_message;

struct Guest {
    name: String,
}

fn greet(guest: &Guest) {
    let _ = wa_message! { <text> to: "+15550100", body: guest.name };
}

fn main() {
    greet(&Guest { name: String::from("Ada") });
}
