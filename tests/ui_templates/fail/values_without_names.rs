// Variables with names get values by position.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "tasting",
        language: "en",
        body: ["Ada", "rye"],
    };
}
