// The body of a loop is one object in braces.
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See all of our dishes",
        sections: [{ rows: [for dish in dishes dish, { id: "", title: "Mousse" }] }],
    };
}
