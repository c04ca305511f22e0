// Buttons of a template are of three kinds.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ quick_replay: "track-17" }, { phone_number: "+15550101" }, "orders/17", {}],
    };
}
