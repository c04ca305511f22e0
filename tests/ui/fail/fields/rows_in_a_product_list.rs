// Sections of a list hold rows, those of a product list hold products.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: [{ title: "Mugs", rows: [{ id: "mug-blue", title: "Blue mug" }] }],
    };
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a mug",
        button: "See mugs",
        sections: [{ title: "Mugs", product_items: ["mug-blue"] }],
    };
}
