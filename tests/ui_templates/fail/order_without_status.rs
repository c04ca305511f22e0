// A template for order updates says what became of the order.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_update",
        language: "en_US",
    };
}
