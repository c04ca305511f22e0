// A Flow is named by its id or by its name, not by both.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_name: "table",
        flow_cta: "Book",
    };
}
