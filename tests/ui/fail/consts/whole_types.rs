// A constant of a whole type is looked into by the compiler alone.
use wa_message::{List, types::ReplyButton, wa_message};

const BUTTONS: List<ReplyButton> = List::from_static(&[]);

fn main() {
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: const { BUTTONS } };
}
