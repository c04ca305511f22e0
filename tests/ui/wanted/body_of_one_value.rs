// A literal and a constant stand for the only parameter of a template body; a value that is known while the
// program runs does not, while a template header takes it. `body: [name]` is what to write.
// 
// Should compile.
use wa_message::wa_message;

fn main() {
    let name = String::from("Ada");
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: name };
}
