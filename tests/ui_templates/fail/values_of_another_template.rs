// The name was changed, and the values were kept.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "tasting",
        language: "en",
        body: { first_name: "Ada", order_id: "17" },
    };
}
