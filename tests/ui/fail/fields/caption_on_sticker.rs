// A sticker has nothing but its file.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <sticker> to: "+15550100", id: "1013859600285445", caption: "Hello" };
}
