// A loop makes items of an array. What is printed takes it for a field named `for`, and reports the
// field inside as missing.
//
// Should print, at `for`, once:
//     error: `for` makes items of an array, and this is an object
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        for dish in dishes { id: dish, title: dish },
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
