// A name that is nearly right, and one that is missing beside one that is not there.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_waiting",
        language: "en_US",
        header: { order_id: "17" },
        body: { fist_name: "Ada", hour: "eight" },
    };
}
