// What the short form leaves out, written all the same.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        action: { buttons: [{ id: "keep", title: "Keep" }] },
    };
}
