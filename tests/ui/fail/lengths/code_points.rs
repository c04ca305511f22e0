// Characters are code points: a family emoji is seven of them.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Who is coming?",
        buttons: [
            { id: "all", title: "👨‍👩‍👧‍👦 all of us here" },
            { id: "some", title: "ééééééééééééééééééééé" },
        ],
    };
}
