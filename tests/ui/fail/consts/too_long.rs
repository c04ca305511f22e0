// A constant that is too long for its field.
use wa_message::wa_message;

const TITLE: &str = "Keep it for two of us";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
}
