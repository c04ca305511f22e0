// Where only one value is taken, no guess is needed.
//
// Should print without "did you mean `3`?":
//     error: `flow_message_version` is always `3`, and this is `2`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_message_version: "2",
        flow_id: "1234567890123456",
        flow_cta: "Book",
    };
}
