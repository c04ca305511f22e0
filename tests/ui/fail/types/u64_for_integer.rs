// A number that may not fit.
use wa_message::wa_message;

fn main() {
    let amount: u64 = 12_500;
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ currency: { fallback_value: "$12.50", code: "USD", amount_1000: amount } }],
    };
}
