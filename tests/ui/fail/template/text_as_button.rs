// The text of a button stands behind its kind.
use wa_message::wa_message;

fn main() {
    let name = "orders/17";
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", buttons: [name] };
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", buttons: name };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        carousel: [
            { header: { image: { id: "1" } }, buttons: [..name.lines()] },
            { header: { image: { id: "2" } }, buttons: [if true { url: name }, name] },
        ],
    };
}
