// A text where `true` or `false` has to stand.
use wa_message::wa_message;

fn main() {
    let preview = "yes";
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", preview_url: preview };
}
