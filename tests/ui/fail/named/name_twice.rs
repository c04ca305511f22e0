// A name stands once.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ parameter_name: "day", text: "Monday" }, { parameter_name: "day", text: "noon" }],
    };
}
