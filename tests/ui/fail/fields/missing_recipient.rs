// Every message needs a recipient.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> link: "https://example.org/oven.png" };
}
