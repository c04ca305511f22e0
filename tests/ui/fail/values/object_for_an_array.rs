// One object where an array of them is taken.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: { id: "keep", title: "Keep" },
    };
}
