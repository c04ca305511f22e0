// A name that is the beginning of a field is taken for it, which is then not missing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ currency: { fallback_value: "$12.50", code: "USD", amount: 12500 } }],
    };
}
