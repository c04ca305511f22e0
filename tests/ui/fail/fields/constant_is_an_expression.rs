// What can have one value only is not left to the program.
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
