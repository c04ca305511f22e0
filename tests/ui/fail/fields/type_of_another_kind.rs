// The type follows from the kind; another one is refused.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        type: "list",
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
