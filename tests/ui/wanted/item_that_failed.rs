// The only item of an array has a mistake of syntax. What is printed calls the array empty besides.
//
// Should print, at `of` and at the dots, once each:
//     error: expected `in`
//     error: expected an iterator behind `..`
use wa_message::wa_message;

fn main() {
    let dishes = ["Feijoada", "Moqueca"];
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
