// The type of the recipient, with the nearest one; its case matters.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", recipient_type: "groups", body: "Hello" };
    let _ = wa_message! { <text> to: "+15550100", recipient_type: "Group", body: "Hello" };
}
