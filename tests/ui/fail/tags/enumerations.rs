// Values outside of an enumeration, with the nearest one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        recipient_type: "indivdual",
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        mode: "drafts",
        flow_action: "start",
    };
}
