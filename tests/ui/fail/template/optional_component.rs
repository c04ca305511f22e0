// A template has a header or has none, and no value of the program decides about it.
use wa_message::types::HeaderParameter;
use wa_message::wa_message;

fn main() {
    let header: Option<HeaderParameter> = None;
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", header: header };
}
