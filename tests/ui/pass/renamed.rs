// The macro and the types under other names and in other places.
extern crate wa_message as whatsapp;

mod messages {
    pub mod prelude {
        pub use whatsapp::{Message, wa_message as message};
    }
}

// A module of the same name as the crate is not taken for it.
#[allow(dead_code)]
mod wa_message {
    pub struct Message;
    pub mod __private {}
}

use messages::prelude::*;

fn main() {
    let fixed: Message = message! { <text> to: "+15550100", body: "Hello" };
    let name = "Hello";
    let made = whatsapp::wa_message! { <text> to: "+15550100", body: name };
    assert_eq!(made.as_ref().ok(), Some(&fixed));
    assert_eq!(messages::prelude::message! { <text> to: "+15550100", body: "Hello" }, fixed);
}
