// A value needs the name of its field, a number with `+` its quotes, and a kind its brackets.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image> to: "+15550100", "https://example.com/menu.png" };
    let _ = wa_message! { <text> to: +15550100, body: "Hello" };
    let _ = wa_message! { text { to: "+15550100", body: "Hello" } };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { 1: "Ada" },
    };
}
