// A semicolon in the place of a comma. What stands behind it is still read.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100"; body: "" };
}
