// Everything that is wrong, in one go.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        too: "+15550100",
        header: "Everything that we cook tonight, from the first to the last course",
        body: "",
        button: "See all of our dishes",
        sections: [
            { title: "Mains", rows: [{ id: "m1", title: "Feijoada", price: "12" }, { id: "m1", title: "" }] },
            { rows: [] },
        ],
    };
}
