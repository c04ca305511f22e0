// All texts have a name, or none has.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: [{ parameter_name: "first_name", text: "Ada" }, "17"],
    };
}
