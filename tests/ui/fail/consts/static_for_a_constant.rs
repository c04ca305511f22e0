// What is `static` is no constant: `const` is meant.
use wa_message::{Message, wa_message};

static GREETING: &str = "Hello";

fn main() {
    let _: Message = wa_message! { <text> to: "+15550100", body: GREETING };
}
