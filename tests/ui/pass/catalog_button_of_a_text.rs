// A text stands for the thumbnail of a catalog button.
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
