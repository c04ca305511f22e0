// In the full form, a header and a body stand there once.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [
            { type: "header", parameters: ["Ada"] },
            { type: "body", parameters: ["Ada"] },
            { type: "header", parameters: ["Ole"] },
            { type: "body", parameters: ["Ole"] },
        ],
    };
}
