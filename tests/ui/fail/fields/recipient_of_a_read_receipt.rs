// A read receipt has no recipient; the message says who it was.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <read> to: "+15550100", message_id: "wamid.HBgL" };
}
