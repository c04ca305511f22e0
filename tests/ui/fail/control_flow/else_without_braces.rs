// The same behind `else`.
use wa_message::wa_message;

fn main() {
    let vegan = true;
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [if vegan { id: "v", title: "Vegan" } else "Fish", { id: "m", title: "" }],
    };
}
