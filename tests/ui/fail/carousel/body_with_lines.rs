// The text of a card has at most two line breaks.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <carousel>
        to: "+15550100",
        body: "For your kitchen",
        cards: [
            { header: { image: { link: "https://example.org/a.png" } }, display_text: "Buy", url: "https://example.org/a", body: "one\ntwo\nthree\nfour" },
            { header: { image: { link: "https://example.org/b.png" } }, display_text: "Buy", url: "https://example.org/b" },
        ],
    };
}
