// Mistakes inside of a loop, once each.
use wa_message::wa_message;

fn main() {
    let dishes = [("m1", "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [
            for (id, title) in dishes { id: id, titel: title, description: "" },
            if true { id: "m2" } else { title: "Mousse au chocolat et café" },
        ] }],
    };
}
