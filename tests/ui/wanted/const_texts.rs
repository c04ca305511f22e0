// Constants that break a rule of their field. The errors say what they should, but their notes lead into
// `Text::__constant` and a file of the standard library, where a reader finds nothing; with the sources of
// the library at hand they quote it. The one beside free JSON is printed twice.
//
// Should print, at each of the `const` blocks, once, and without notes but the one of the compiler:
//     error[E0080]: evaluation panicked: `title` takes at most 20 characters
//     error[E0080]: evaluation panicked: `body` needs at least 1 character
//     error[E0080]: evaluation panicked: `link` must start with `http://` or `https://`
//     error[E0080]: evaluation panicked: `flow_cta` must have no emoji
use wa_message::wa_message;

const TITLE: &str = "Keep it for two of us";
const BODY: &str = "";
const LINK: &str = "ftp://example.org/oven.png";

fn main() {
    let to = String::from("+15550100");
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
    let _ = wa_message! { <text> to: "+15550100", body: const { BODY } };
    let _ = wa_message! { <image> to, link: const { LINK } };
    let _ = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: const { "Book 🍞" },
        flow_action_payload: { screen: "WELCOME", data: { guests: 2 } },
    };
}
