// The text object of the wire form, in the short form.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", text: { body: "Hello" } };
}
