// A constant that has the wrong form. What is printed is about the whole invocation and says neither
// which field nor which rule: "a constant breaks a rule of the message". `cargo check` prints nothing.
//
// Should print, at the `const` block, under `cargo check` too:
//     error: `link` must start with `http://` or `https://`
use wa_message::wa_message;

const LINK: &str = "ftp://example.org/oven.png";

fn main() {
    let _ = wa_message! { <image> to: "+15550100", link: const { LINK } };
}
