// A constant that breaks a rule of its field, in a message that also has a value known at run time.
use wa_message::wa_message;

const LINK: &str = "ftp://example.org/oven.png";

fn main() {
    let to = String::from("+15550100");
    let _ = wa_message! { <image> to, link: const { LINK } };
}
