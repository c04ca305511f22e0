// Characters are code points, of which some emoji have several.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Who comes?",
        buttons: [{ id: "all", title: "👩‍👩‍👧‍👦 👨‍👩‍👦 👩🏽‍🍳 👍🏽" }],
    };
}
