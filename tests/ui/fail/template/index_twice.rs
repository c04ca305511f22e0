// In the full form, each button says its index.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [
            { type: "button", sub_type: "quick_reply", index: "0", parameters: ["track-17"] },
            { type: "button", sub_type: "url", index: 0, parameters: ["orders/17"] },
        ],
    };
}
