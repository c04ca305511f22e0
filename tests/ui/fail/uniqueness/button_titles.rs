// Two buttons that look the same.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "a", title: "Keep" }, { id: "b", title: "Cancel" }, { id: "c", title: "Keep" }],
    };
}
