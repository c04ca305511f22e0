// An address is no id of an uploaded file.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", id: "https://example.org/bread.png" };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        header: { image: { id: "http://example.org/bread.png" } },
    };
}
