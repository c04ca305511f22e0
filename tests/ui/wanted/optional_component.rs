// A component that may be left out. It is refused: the header takes no `Option`.
//
// Should compile, and leave the header out.
use wa_message::types::HeaderParameter;
use wa_message::wa_message;

fn main() {
    let header: Option<HeaderParameter> = None;
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", header: header };
}
