// A header is one thing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { image: { id: "1013859600285441" }, video: { id: "1013859600285442" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
