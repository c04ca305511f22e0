// Variables with numbers get values by name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { first_name: "Ada", order_id: "17" },
    };
}
