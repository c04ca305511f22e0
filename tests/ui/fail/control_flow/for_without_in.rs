// A loop without its `in`.
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "",
        button: "See dishes",
        sections: [{ rows: [for dish of dishes { id: dish, title: dish }] }],
    };
}
