// `interactive` is a type of the wire form; its kinds have names of their own.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <interactive> to: "+15550100", body: "Hello" };
}
