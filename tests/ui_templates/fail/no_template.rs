// There is no template of this name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_redy",
        language: "en_US",
        body: ["Ada", "17"],
    };
}
