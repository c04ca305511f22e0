// A variable with a name gets no value.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_waiting",
        language: "en_US",
        header: { order_id: "17" },
        body: { first_name: "Ada" },
    };
}
