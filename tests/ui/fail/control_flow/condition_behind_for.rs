// A condition, or another loop, behind `for` and `if`: one item has one of them.
use wa_message::wa_message;

fn main() {
    let titles = ["A", "B"];
    let vegan = true;
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [for title in titles if title != "A" { id: title, title }],
    };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [
            for title in titles { if title != "A" { id: title, title } },
            for title in titles { if vegan { id: title, title } else { id: "v", title } },
            for title in titles { for other in titles { id: title, title: other } },
            if vegan { if titles.is_empty() { id: "v", title: "Vegan" } },
            if vegan { for title in titles { id: title, title } },
        ],
    };
}
