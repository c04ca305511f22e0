// The button of a flow is named, even with nothing to say.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "rate_us",
        language: "en_US",
    };
}
