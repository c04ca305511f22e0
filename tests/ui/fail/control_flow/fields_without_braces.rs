// The fields of an item without braces: one error for the whole item, with how it is written.
use wa_message::wa_message;

fn main() {
    let titles = ["A", "B"];
    let vegan = true;
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [for title in titles id: title, title: title, { id: "", title: "C" }],
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [if vegan id: "v", title: "Vegan"],
    };
}
