// Constants that break a rule of their field. The notes about an erroneous constant are the compiler's.
use wa_message::wa_message;

const TITLE: &str = "Keep it for two of us";
const BODY: &str = "";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
    let _ = wa_message! { <text> to: "+15550100", body: const { BODY } };
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: const { "Book 🍞" },
        flow_action_payload: { screen: "WELCOME", data: { guests: 2 } },
    };
}
