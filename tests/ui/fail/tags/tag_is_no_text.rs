// A tag is a text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [{ type: 7, parameters: ["Ada"] }, { type: null, parameters: ["Ada"] }],
    };
}
