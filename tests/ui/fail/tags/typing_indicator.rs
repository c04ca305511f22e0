// The only typing indicator is the one of a text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: "audio" };
}
