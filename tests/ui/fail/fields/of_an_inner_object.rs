// A field of an inner object, one level too far out.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ id: "m1", rows: [{ id: "m1", title: "Feijoada" }] }],
        rows: [{ id: "d1", title: "Mousse" }],
    };
}
