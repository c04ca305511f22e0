// A literal in the place of a button.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: ["orders/17", 17],
    };
}
