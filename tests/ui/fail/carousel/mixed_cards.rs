// All cards are of one kind.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <carousel>
        to: "+15550100",
        body: "For your kitchen",
        cards: [
            { header: { image: { link: "https://example.org/a.png" } }, display_text: "Buy", url: "https://example.org/a" },
            { product_retailer_id: "mug", catalog_id: "7" },
        ],
    };
}
