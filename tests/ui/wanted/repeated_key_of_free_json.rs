// A key of free JSON that stands twice, in the short form. It compiles, and the first value is lost.
//
// Should print, at the second key:
//     error: `guests` is given a second time
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: { guests: 2, guests: 3 } },
    };
}
