// A tag that has one value only, and is written with another.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [{ type: "limited_time_offer", parameters: [{ type: "text", text: "Today" }] }],
    };
}
