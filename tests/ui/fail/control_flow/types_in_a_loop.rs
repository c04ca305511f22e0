// A value of the wrong type inside of a loop.
use wa_message::wa_message;

fn main() {
    let dishes = [(1, "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [for (id, title) in dishes { id: id, title: title }] }],
    };
}
