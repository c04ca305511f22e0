// The position of a template button is one digit.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        buttons: [{ index: 10, quick_reply: "track-17" }, { index: "first", url: "orders/17" }],
    };
}
