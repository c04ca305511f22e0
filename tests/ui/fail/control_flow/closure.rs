// What a closure returns is Rust; `for` makes items.
use wa_message::wa_message;

fn main() {
    let dishes = [("m1", "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: dishes.iter().map(|(id, name)| { id: id, title: name }).collect() }],
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep it?",
        buttons: if dishes.is_empty() { [] } else { [{ id: "keep", title: "Keep" }] },
    };
}
