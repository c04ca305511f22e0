// The tag of an inner object, as an expression. It compiles: the expression is dropped without being
// evaluated, and the header is a text.
//
// Should print, at the expression:
//     error: `type` must be a literal, or is left out
use wa_message::wa_message;

fn main() {
    let kind = "image";
    println!("{kind}");
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: kind, text: "Tonight" },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
