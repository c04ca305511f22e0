// A button of a template, as a whole type.
use wa_message::types::UrlButton;
use wa_message::wa_message;

fn main() {
    let more = vec![UrlButton::new("1", ["orders/17"])];
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ quick_reply: "track-17" }, ..more],
    };
}
