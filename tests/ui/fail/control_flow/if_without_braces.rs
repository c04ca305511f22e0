// What stands behind a condition is one object in braces.
use wa_message::wa_message;

fn main() {
    let vegan = true;
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [{ id: "", title: "Meat" }, if vegan "Vegan" else "Fish"],
    };
}
