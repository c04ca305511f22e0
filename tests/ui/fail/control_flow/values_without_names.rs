// Values in the place of the fields of an item: an error for each, and none for what they may be.
use wa_message::wa_message;

struct Dish {
    id: String,
    title: String,
}

fn main() {
    let dishes: Vec<Dish> = Vec::new();
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [
            for dish in &dishes { dish.id.clone(), &dish.title },
            for dish in &dishes { dish.id, format!("{}!", dish.title) },
            { "A".to_owned(), title: "A" },
        ],
    };
}
