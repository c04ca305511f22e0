// What can have one value only is filled in; another value for it is refused.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        messaging_product: "telegram",
        to: "+15550100",
        name: "order_ready",
        language: { code: "en_US", policy: "fallback" },
    };
}
