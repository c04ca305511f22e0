// Templates have headers, bodies and buttons.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        footer: "Thanks",
        bodi: ["Ada"],
        components: [{ type: "footer", parameters: ["Thanks"] }],
    };
}
