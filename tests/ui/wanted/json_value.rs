// The data of a Flow takes what is JSON. What is printed is about `wa_message::__private::Value`.
//
// Should print, at `Order`:
//     error[E0277]: this value is no JSON
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
