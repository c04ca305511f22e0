// A constant in the place of free JSON. What is printed is about the code that the macro wrote: "this
// enum variant takes 1 argument but 0 arguments were supplied".
//
// Should print, at the `const` block:
//     error: `data` must be an object, and this is an expression
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: const { 1 } },
    };
}
