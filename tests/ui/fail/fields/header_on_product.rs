// Two kinds whose picture takes the place of the header.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product>
        to: "+15550100",
        header: "Mugs",
        catalog_id: "884120775310012",
        product_retailer_id: "mug-blue",
    };
    let _ = wa_message! { <catalog_message> to: "+15550100", header: "Mugs", body: "Everything we sell" };
}
