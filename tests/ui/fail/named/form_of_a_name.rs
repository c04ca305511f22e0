// A name is made of lowercase letters, digits and `_`.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { FirstName: "Ada", "order number": "17" },
    };
}
