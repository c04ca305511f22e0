// What is no longer pinned has no days.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <unpin>
        to: "Y2FwaV9ncm91cDo5OTk",
        recipient_type: "group",
        message_id: "wamid.HBgL",
        expiration_days: 7,
    };
}
