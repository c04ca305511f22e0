// What nobody advises against has no warning, and advice can be silenced.
#![deny(warnings)]

use wa_message::{Message, __private::expand_with_advice};

#[allow(deprecated)]
static GREETING: Message = expand_with_advice!([wa_message] <text> to: "+15550100", body: "Hello {name}");

fn main() {
    let name = "Ada";
    let checked = expand_with_advice!([wa_message] <text> to: "+15550100", body: format!("Hello {name}"));
    assert!(checked.is_ok());
    let meant: Message = expand_with_advice!([wa_message] <text> to: "+15550100", body: "Hello");
    assert_eq!(GREETING.kind(), meant.kind());
}
