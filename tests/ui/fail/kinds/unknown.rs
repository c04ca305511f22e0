// A kind that does not exist, with the nearest one that does.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <buton>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
