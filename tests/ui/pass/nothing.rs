// `None` leaves a field out, like `null`.
use wa_message::{Message, wa_message};

fn main() {
    let without: Message = wa_message! { <image> to: "+15550100", link: "https://example.com/menu.png", caption: None };
    let never: Message = wa_message! { <image> to: "+15550100", link: "https://example.com/menu.png" };
    assert_eq!(without, never);
}
