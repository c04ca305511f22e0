// `for` and `if` in the place of an array: the help repeats what was written.
use wa_message::wa_message;

struct Row {
    id: String,
    title: String,
}

fn main() {
    let rows: Vec<Row> = Vec::new();
    let vegan = true;
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: for row in &rows { id: &row.id, title: &row.title } }],
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: for (id, title) in [("a", "A")] { id, titel: title },
        footer: "",
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: if vegan { id: "v", title: "Vegan" } else { id: "m", title: "Meat" },
    };
}
