// All products come from one catalog.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <carousel>
        to: "+15550100",
        body: "For your kitchen",
        cards: [
            { product_retailer_id: "mug", catalog_id: "7" },
            { product_retailer_id: "bowl", catalog_id: "8" },
        ],
    };
}
