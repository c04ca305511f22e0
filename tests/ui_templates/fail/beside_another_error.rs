// A field that does not exist may be what is missing, and is said once.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        bdy: ["Ada", "17"],
    };
}
