// Buttons of a template are written by the names of their kinds.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ quick_replay: "track-17" }, "orders/17", {}],
    };
}
