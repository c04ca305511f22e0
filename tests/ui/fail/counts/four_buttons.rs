// One button too many, said at that button.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "When?",
        buttons: [
            { id: "1", title: "One" },
            { id: "2", title: "Two" },
            { id: "3", title: "Three" },
            { id: "4", title: "Four" },
        ],
    };
}
