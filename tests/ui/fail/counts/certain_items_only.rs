// Items that are certain count, whatever a loop adds.
use wa_message::wa_message;

fn main() {
    let extra = [("5", "Five")];
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "When?",
        buttons: [
            { id: "1", title: "One" },
            for (id, title) in extra { id: id, title: title },
            { id: "2", title: "Two" },
            { id: "3", title: "Three" },
            { id: "4", title: "Four" },
        ],
    };
}
