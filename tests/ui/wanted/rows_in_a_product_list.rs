// Sections of a list hold rows, those of a product list hold products. What is printed reports the other
// one as missing besides.
//
// Should print, at `rows`, once:
//     error: `rows` is not taken here: it belongs to a `<list>`; a product list has `product_items`
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
