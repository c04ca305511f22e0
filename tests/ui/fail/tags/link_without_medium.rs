// A link alone does not say what it leads to.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { link: "https://example.org/oven.png" },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
