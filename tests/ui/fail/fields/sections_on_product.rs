// What a product list has and a product has not.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product>
        to: "+15550100",
        catalog_id: "884120775310012",
        product_retailer_id: "mug-blue",
        sections: [{ title: "Mugs", product_items: ["mug-blue"] }],
    };
}
