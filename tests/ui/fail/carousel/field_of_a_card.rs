// A field of the cards, beside them.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <carousel>
        to: "+15550100",
        body: "For your kitchen",
        display_text: "Buy",
        cards: [
            { header: { image: { link: "https://example.org/a.png" } }, display_text: "Buy", url: "https://example.org/a" },
            { header: { image: { link: "https://example.org/b.png" } }, display_text: "Buy", url: "https://example.org/b" },
        ],
    };
}
