// Behind `else` stands one object.
use wa_message::wa_message;

fn main() {
    let (vegan, dishes) = (true, ["Feijoada"]);
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [{ id: "a", title: "A" }, if vegan { id: "v", title: "V" } else for dish in dishes { id: dish, title: dish }],
    };
}
