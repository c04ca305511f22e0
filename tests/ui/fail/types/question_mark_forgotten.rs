// With an expression in it, an invocation is a `Result`.
use wa_message::Message;
use wa_message::wa_message;

fn main() {
    let name = "Ada";
    let message: Message = wa_message! { <text> to: "+15550100", body: name };
    drop(message);
}
