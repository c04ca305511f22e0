// Components without a value, by the names under which they are written.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", header: [], body: [] };
}
