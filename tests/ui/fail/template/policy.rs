// The only language policy.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: { code: "en_US", policy: "fallback" },
    };
}
