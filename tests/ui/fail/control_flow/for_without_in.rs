// A loop without its `in`, and what is wrong behind it.
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [for dish of dishes { id: dish, title: dish }, { id: "m1", title: "" }] }],
    };
}
