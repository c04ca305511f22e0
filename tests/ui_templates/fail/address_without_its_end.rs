// A button whose address has a variable.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "track_order",
        language: "en_US",
        body: ["17"],
    };
}
