// A kind of two words has an underscore. What is printed are the consequences of reading
// `<product>`.
//
// Should print, at the kind, once:
//     error: there is no kind `<product-list>`
//            = help: did you mean `<product_list>`?
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
