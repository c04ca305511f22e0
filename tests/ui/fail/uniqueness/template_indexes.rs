// Two buttons at one position, given or counted.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ index: 1, quick_reply: "track-17" }, { url: "orders/17" }],
    };
}
