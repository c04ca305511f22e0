// With more than one section, each of them needs a title.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [{ id: "m1", title: "Feijoada" }] },
            { rows: [{ id: "d1", title: "Mousse" }] },
        ],
    };
}
