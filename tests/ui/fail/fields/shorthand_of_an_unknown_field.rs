// A variable stands for a field of its name only if there is such a field.
use wa_message::wa_message;

fn main() {
    let receiver = "+15550100";
    let _ = wa_message! { <text> receiver, body: "Hello" };
}
