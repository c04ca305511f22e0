// A text that is filled in can never be shorter than its fixed parts and the widths that it asks for.
use wa_message::wa_message;

fn main() {
    let (name, dish, number) = ("Ada", "Feijoada", 17);
    let _ = wa_message! { <list>
        to: "+15550100",
        body: format!("Pick a dish, {name}"),
        button: format!("Everything that is on, {name}"),
        sections: [{ rows: [
            { id: format!("{number}"), title: format!("{dish}: {number:>20}") },
            { id: format!("m{{}}"), title: std::format!("{{Dish}} of the day is {}", dish) },
            { id: "m3", title: if number > 1 { format!("{dish:*<25}") } else { ::std::format!("{dish}") } },
        ] }],
    };
}
