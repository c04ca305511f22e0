// The name of the object in the document, with the text itself. That `body` is missing is no second mistake.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", text: "Hello" };
}
