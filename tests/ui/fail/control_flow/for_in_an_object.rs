// A loop makes items of an array, not fields of an object.
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    println!("{dishes:?}");
    let _ = wa_message! { <list>
        to: "",
        body: "Pick a dish",
        button: "See dishes",
        for dish in dishes { id: dish, title: dish },
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
