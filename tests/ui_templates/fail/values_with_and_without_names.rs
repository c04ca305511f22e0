// The values of the header have names, and those of the body have none.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_waiting",
        language: "en_US",
        header: { order_id: "17" },
        body: ["Ada", "eight"],
    };
}
