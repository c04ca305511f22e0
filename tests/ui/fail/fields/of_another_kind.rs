// Fields that other kinds have: the error says which.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
        caption: "The oven",
        emoji: "\u{1F600}",
    };
}
