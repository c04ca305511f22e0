// The only one that is written has to be there, so it is no `Option`. Where both are written, both may be.
use wa_message::wa_message;

fn main() {
    let number: Option<String> = None;
    let _ = wa_message! { <text> to: number, body: "Hello" };
}
