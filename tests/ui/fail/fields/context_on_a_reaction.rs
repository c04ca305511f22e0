// A reaction already says which message it is about.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <reaction>
        to: "+15550100",
        context: "wamid.HBgL",
        message_id: "wamid.HBgL",
        emoji: "\u{1F600}",
    };
}
