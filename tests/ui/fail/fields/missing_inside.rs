// A missing field of an inner object is said at the object.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep" }, { title: "Cancel" }, {}],
    };
}
