// The second of two equal ids, with the place of the first.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }, { id: "keep", title: "Cancel" }],
    };
}
