// A constant that breaks a rule in a message that also holds free JSON. It compiles, and makes a
// `Message` that is not valid.
//
// Should print, at the `const` block:
//     error: `flow_cta` must have no emoji
use wa_message::wa_message;

fn main() {
    let _: wa_message::Message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: const { "Book 🍞" },
        flow_action_payload: { screen: "WELCOME", data: { guests: 2 } },
    };
}
