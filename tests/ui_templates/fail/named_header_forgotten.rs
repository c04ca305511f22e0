// The header has a variable with a name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_waiting",
        language: "en_US",
        body: { first_name: "Ada", hour: "eight" },
    };
}
