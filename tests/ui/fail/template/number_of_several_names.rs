// Named variables are filled with texts, and the error shows the name.
use wa_message::wa_message;

fn main() {
    let (first_name, number, order) = (Some("Ada"), 17, 18);
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { buttons: number },
        body: { first_name, name: "Ada", order },
    };
}
