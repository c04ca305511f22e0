// In a header too.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { image: { id: "1013859600285441", link: "https://example.org/oven.png" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
