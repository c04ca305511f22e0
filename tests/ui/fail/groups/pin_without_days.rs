// A pin says for how long.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <pin> to: "Y2FwaV9ncm91cDo5OTk", recipient_type: "group", message_id: "wamid.HBgL" };
}
