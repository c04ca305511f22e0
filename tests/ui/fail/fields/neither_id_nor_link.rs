// A file is named by its id or by its link.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", caption: "The oven" };
}
