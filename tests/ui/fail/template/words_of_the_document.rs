// The names that the document has for the values, and what templates call them elsewhere.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        locale: "en_US",
        parameters: ["Ada", "17"],
    };
}
