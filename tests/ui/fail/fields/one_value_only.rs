// Where only one value is taken, no guess is needed.
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
