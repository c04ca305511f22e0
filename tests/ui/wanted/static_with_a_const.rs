// A message of literals can be a `static`, one with a `const` block cannot: "cannot call non-const method
// `<MessageObject as Clone>::clone` in statics".
//
// Should compile.
use wa_message::wa_message;
use wa_message::Message;

const BODY: &str = "Hello";
static HELLO: Message = wa_message! { <text> to: "+15550100", body: const { BODY } };

fn main() {
    println!("{}", HELLO.to_json());
}
