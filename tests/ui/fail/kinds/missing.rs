// No kind between the angle brackets.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <> to: "+15550100", body: "Hello" };
}
