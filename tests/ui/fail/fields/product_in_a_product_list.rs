// What a product has and a product list has not.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        product_retailer_id: "mug-blue",
        sections: [{ title: "Mugs", product_items: ["mug-blue"] }],
    };
}
