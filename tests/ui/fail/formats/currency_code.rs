// A currency is three capital letters.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        body: [{ currency: { fallback_value: "$12.50", code: "usd", amount_1000: 12500 } }],
    };
}
