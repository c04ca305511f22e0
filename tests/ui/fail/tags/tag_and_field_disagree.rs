// The tag says one thing, the field another. That is one mistake.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: "image", video: { id: "1013859600285442" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
