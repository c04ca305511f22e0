// A kind of which a part is typed, as while writing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <tem };
}
