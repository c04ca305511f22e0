// A constant of the wrong type.
use wa_message::wa_message;

const TABLE: u32 = 12;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: const { TABLE } };
}
