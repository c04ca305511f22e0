// A file is named by its id or by its link, not by both.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", id: "1013859600285441", link: "https://example.org/oven.png" };
}
