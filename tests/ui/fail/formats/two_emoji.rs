// A reaction is one emoji, not two, and not a word.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "😀😀" };
    let _ = wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "yes" };
}
