// `null` for a part of a template leaves it out. It leaves an empty `components` behind.
//
// Should print `true` when it runs.
use wa_message::wa_message;

fn main() {
    let without = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US" };
    let null = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", header: null };
    println!("{}", null == without);
}
