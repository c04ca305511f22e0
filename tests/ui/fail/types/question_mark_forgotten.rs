// With an expression in it, an invocation is a `Result`.
use wa_message::wa_message;
use wa_message::Message;

fn main() {
    let name = "Ada";
    let message: Message = wa_message! { <text> to: "+15550100", body: name };
    drop(message);
}
