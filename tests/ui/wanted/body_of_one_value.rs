// A literal stands for the only parameter of a template body; a constant, a value that is known while the
// program runs and an object do not, while a template header takes all of them.
//
// Should compile.
use wa_message::wa_message;

fn main() {
    let name = String::from("Ada");
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: const { "Ada" } };
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: { text: "Ada" } };
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: name };
}
