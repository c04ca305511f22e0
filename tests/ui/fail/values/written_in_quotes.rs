// A number for a text, a text for a truth value: the help is the value as it is taken.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: 15550100, body: "Hello", preview_url: "true" };
    let _ = wa_message! { <audio> to: "+15550100", id: 1013859600285441, voice: "yes" };
}
