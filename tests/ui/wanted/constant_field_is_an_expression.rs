// Expressions for what can have one value only. It compiles: they are dropped without being evaluated.
//
// Should print, at each of the three expressions:
//     error: `messaging_product` is always `whatsapp`, and is left out
//     error: `type` is always `interactive`, and is left out
//     error: `flow_message_version` is always `3`, and is left out
use wa_message::wa_message;

fn main() {
    let (product, kind, version) = ("telegram", "text", "2");
    println!("{product} {kind} {version}");
    let _ = wa_message! { <flow>
        messaging_product: product,
        type: kind,
        to: "+15550100",
        body: "Choose a time",
        flow_message_version: version,
        flow_id: "1234567890123456",
        flow_cta: "Book",
    };
}
