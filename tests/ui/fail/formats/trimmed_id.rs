// An id of a button has no blank at its ends.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: " keep", title: "Keep" }, { id: "cancel\n", title: "Cancel" }],
    };
}
