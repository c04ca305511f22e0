// A loop makes items of an array, not fields of an object.
use wa_message::wa_message;

fn main() {
    let dishes = [("m1", "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        for dish in dishes { button: dish },
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
