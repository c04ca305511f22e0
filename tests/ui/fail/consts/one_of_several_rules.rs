// Constants that break a rule over several values, where more than one rule looks at them.
use wa_message::wa_message;

const ID: &str = "keep";
const TITLE: &str = "Keep";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: const { ID }, title: "Keep it" }, { id: "keep", title: const { TITLE } }],
    };
}
