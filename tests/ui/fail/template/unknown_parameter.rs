// Kinds of parameters that do not exist, or not there.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { audio: { id: "1013859600285442" } },
        body: [{ curency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500 } }, { image: { id: "1" } }],
    };
}
