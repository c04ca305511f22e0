// A section of a product list holds products and no rows.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: [{ product_items: ["mug-blue"], rows: [{ id: "mug-blue", title: "Blue mug" }] }],
    };
}
