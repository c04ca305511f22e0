// The type of a wrong invocation is still known: nothing is reported about the code around it.
use wa_message::wa_message;
use wa_message::{InvalidMessage, Message, ReadReceipt};

fn send(_: &Message) {}
fn read(_: &ReadReceipt) {}

fn main() {
    let to = String::from("+15550100");
    let result: Result<Message, InvalidMessage> = wa_message! { <text> to, bdy: "Hello" };
    if let Ok(message) = result {
        send(&message);
    }
    send(&wa_message! { <text> to: "+15550100", body: "" });
    read(&wa_message! { <read> message_id: "" });
    send(&wa_message! { <tekst> to: "+15550100", body: "Hello" });
}
