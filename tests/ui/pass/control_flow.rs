// Loops, conditions and spreads in arrays.
use wa_message::{
    InvalidMessage, Message,
    types::{ProductItem, Row},
    wa_message,
};

struct Dish {
    sku: &'static str,
    name: String,
    note: Option<&'static str>,
}

struct Once {
    row: Option<Row>,
}

impl Iterator for Once {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.row.take()
    }
}

fn main() -> Result<(), InvalidMessage> {
    let dishes = vec![
        Dish { sku: "m1", name: "Feijoada".to_owned(), note: Some("With rice") },
        Dish { sku: "m2", name: "Moqueca".to_owned(), note: None },
    ];
    let more = vec![Row::new("z", "Z")];
    let (vegan, special, none): (bool, Option<&str>, Option<Row>) = (false, Some("Acarajé"), None);
    let message: Message = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [
            for Dish { sku, name, note } in &dishes { id: *sku, title: name, description: *note },
            for (index, dish) in dishes.iter().enumerate().skip(1) { id: index.to_string(), title: &dish.name },
            for n in (0..6).filter(|n| n % 5 == 2) { id: format!("n{n}"), title: "A number" },
            if vegan { id: "v", title: "Vegan" },
            if let Some(name) = special { id: "s", title: name },
            if vegan { id: "x", title: "X" } else if dishes.len() == 2 { id: "y", title: "Y" } else { id: "w", title: "W" },
            if let [first, ..] = dishes.as_slice() && first.sku == "m1" { id: "first", title: "First" },
            ..more,
            ..none,
            ..(0..1).map(|n| Row::new(n.to_string() + "r", "R")),
            ..Once { row: Some(Row::new("once", "Once")) },
        ] }],
    }?;
    let json: serde_json::Value = serde_json::from_str(&message.to_json()).unwrap();
    let rows = json["interactive"]["action"]["sections"][0]["rows"].as_array().unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["m1", "m2", "1", "n2", "s", "y", "first", "z", "0r", "once"]);
    assert_eq!(rows[0]["description"], "With rice");
    assert!(rows[1].get("description").is_none());

    // Loops in loops, and scalars that stand for objects.
    let shelves = [("Mugs", vec!["m1", "m2"]), ("Plates", vec!["p1"])];
    let products = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: [
            for (title, items) in shelves { title: title, product_items: items },
            { title: "Others", product_items: ["o1", ..["o2", "o3"], ..[ProductItem::new("o4")]] },
        ],
    }?;
    for item in ["m1", "m2", "p1", "o1", "o2", "o3", "o4"] {
        assert!(products.to_json().contains(item), "{item}");
    }

    // `break`, `continue` and `?` belong to the function around the invocation.
    let mut made = Vec::new();
    'messages: for n in 0..9 {
        let message = wa_message! { <list>
            to: if n == 5 { break 'messages } else { "+15550100" },
            body: if n % 2 == 0 { continue } else { "Pick a dish" },
            button: "See dishes",
            sections: [{ rows: [for dish in &dishes {
                id: if dish.note.is_none() { continue } else { dish.sku },
                title: &dish.name,
            }] }],
        }?;
        made.push((n, message));
    }
    assert_eq!(made.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 3]);
    assert!(!made[0].1.to_json().contains("Moqueca"));
    Ok(())
}
