// Only a message in a group can be pinned.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <pin> to: "+15550100", message_id: "wamid.HBgL", expiration_days: 7 };
}
