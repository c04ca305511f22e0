// The mistakes in the fields of an unknown kind cannot be known, but those of syntax can.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <lst>
        to: "+15550100",
        body "Pick a dish",
    };
}
