// Items of an array, each of the wrong type.
use wa_message::wa_message;

fn main() {
    let rows = vec![("m1", "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: rows }],
    };
}
