// Without an expression in it, an invocation is the message itself.
use wa_message::wa_message;

fn hello() -> Result<wa_message::Message, wa_message::InvalidMessage> {
    let message = wa_message! { <text> to: "+15550100", body: "Hello" }?;
    Ok(message)
}

fn main() {
    let _ = hello();
}
