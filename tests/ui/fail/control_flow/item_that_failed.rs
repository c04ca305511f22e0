// An array whose only item has a mistake of syntax is not called empty.
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
    println!("{dishes:?}");
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [for dish of dishes { id: dish, title: dish }] },
            { title: "Desserts", rows: [..] },
        ],
    };
}
