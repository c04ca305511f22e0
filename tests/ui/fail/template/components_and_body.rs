// The parts of a template stand in `components` or under their names, not both.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        components: [{ type: "header", parameters: ["Ada"] }],
        body: ["Ada"],
        buttons: [{ quick_reply: "track-17" }],
    };
}
