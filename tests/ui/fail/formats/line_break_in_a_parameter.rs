// What fills a variable of a template stays on one line.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        header: "Order\t17",
        body: ["Ada\nBerg", "five     spaces"],
    };
}
