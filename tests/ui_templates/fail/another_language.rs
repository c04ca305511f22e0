// The template is not defined in this language.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        body: ["Ada", "17"],
    };
}
