// A constant that has the wrong form, in a message that is made while the program runs. It compiles.
//
// Should print, at the `const` block:
//     error: `link` must start with `http://` or `https://`
use wa_message::wa_message;

const LINK: &str = "ftp://example.org/oven.png";

fn main() {
    let to = String::from("+15550100");
    let _ = wa_message! { <image> to, link: const { LINK } };
}
