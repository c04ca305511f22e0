// Values of enumerations, in the plural and with `-` for `_`.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action: "data-exchange",
        mode: "drafts",
    };
}
