// Template names are lowercase, languages have an underscore.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template> to: "+15550100", name: "Order Ready", language: "en-US" };
}
