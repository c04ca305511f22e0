// Ids of rows are compared over all sections.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [{ id: "1", title: "Feijoada" }, { id: "2", title: "Moqueca" }] },
            { title: "Desserts", rows: [{ id: "1", title: "Mousse" }] },
        ],
    };
}
