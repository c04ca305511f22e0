// A kind of two words has an underscore.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product-list>
        to: "+15550100",
        header: "Kitchen",
        body: "Our mugs",
        catalog_id: "884120775310012",
        sections: [{ product_items: ["mug-blue"] }],
    };
}
