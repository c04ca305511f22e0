// A header for a template that has none.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { image: { link: "https://example.org/bread.png" } },
        body: ["Ada", "17"],
    };
}
