// The data of a Flow takes what is JSON.
use wa_message::wa_message;

struct Order;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: { order: Order } },
    };
}
