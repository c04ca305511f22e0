// `vec!` knows nothing of objects, and needs none.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep it?",
        buttons: vec![{ id: "keep", title: "Keep it, please, for me" }],
    };
}
