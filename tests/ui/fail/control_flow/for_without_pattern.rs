// A loop needs a pattern.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [{ id: "a", title: "A" }, for in 0..3 { id: "b", title: "B" }],
    };
}
