// Fields that belong to `<read>`.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text>
        to: "+15550100",
        body: "Hello",
        status: "read",
        typing_indicator: "text",
    };
}
