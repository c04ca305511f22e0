// The body of a template has any number of variables, so that a value of the program stands in brackets.
use wa_message::wa_message;

fn main() {
    let name = String::from("Ada");
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", body: name };
}
