// A condition is `true` or `false`.
use wa_message::wa_message;

fn main() {
    let vegan = Some(true);
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [{ id: "meat", title: "Meat" }, if vegan { id: "vegan", title: "Vegan" }],
    };
}
