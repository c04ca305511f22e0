// A file in a header has no caption.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { document: { link: "https://example.org/menu.pdf", caption: "Menu" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
