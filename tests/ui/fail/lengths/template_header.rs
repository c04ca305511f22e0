// The variable of a template header is shorter than those of its body.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: "An order of bread, rolls, cakes, tarts and everything between",
    };
}
