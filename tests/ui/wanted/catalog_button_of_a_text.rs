// A literal stands for the thumbnail of a catalog button, a text that is known while the program runs
// does not: "this is `String`, and the field takes `CatalogParameter`".
//
// Should compile.
use wa_message::wa_message;

fn main() {
    let product = String::from("mug-blue");
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "spring_catalogue",
        language: "en_US",
        buttons: [{ catalog: product }],
    };
}
