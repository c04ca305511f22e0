// A name that stands twice in the braces.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { first_name: "Ada", first_name: "Ole" },
    };
}
