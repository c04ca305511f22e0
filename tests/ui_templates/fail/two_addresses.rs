// There is a value for a second address, and the template has one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "track_order",
        language: "en_US",
        body: ["17"],
        buttons: [{ url: "17" }, { url: "18" }],
    };
}
