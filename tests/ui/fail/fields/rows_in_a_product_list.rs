// Sections of a list hold rows, those of a product list hold products. That the products are missing is
// no second mistake.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: [{ rows: [{ id: "mug-blue", title: "Blue mug" }] }],
    };
}
