// A number with a fraction where a whole one stands.
use wa_message::wa_message;

fn main() {
    let price = 12.5_f64;
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ currency: { fallback_value: "$12.50", code: "USD", amount_1000: price * 1000.0 } }],
    };
}
