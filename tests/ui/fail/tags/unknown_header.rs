// A kind of header that does not exist, by its name and by its tag.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { imgae: { link: "https://example.org/oven.png" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: "picture", link: "https://example.org/oven.png" },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
