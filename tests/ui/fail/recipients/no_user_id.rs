// A phone number is no business-scoped user id, and a group has none.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> recipient: "+15550100", body: "Hello" };
    let _ = wa_message! { <text>
        recipient_type: "group",
        recipient: "US.13491208655302741918",
        body: "Hello",
    };
}
