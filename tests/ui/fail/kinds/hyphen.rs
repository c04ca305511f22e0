// A kind of two words has an underscore, and the fields behind it are still read.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product-list> to: "+15550100", body: "Our mugs" };
}
