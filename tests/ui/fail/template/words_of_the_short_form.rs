// Errors name what is written, and not the members of the document that the short form leaves out.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en-US",
        header: "Order\t17",
        body: { first_name: "", Last: "Berg" },
        buttons: [{ quick_reply: "" }, { url: "", index: 0 }],
    };
}
