// A constant that has the wrong form.
use wa_message::wa_message;

const LINK: &str = "ftp://example.org/oven.png";

fn main() {
    let _ = wa_message! { <image> to: "+15550100", link: const { LINK } };
}
