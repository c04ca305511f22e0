// The header of a list is a text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        header: { image: { id: "1013859600285441" } },
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
