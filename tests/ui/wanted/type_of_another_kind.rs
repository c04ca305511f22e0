// Another type than that of the kind. It compiles, and the type is ignored.
//
// Should print, at "list":
//     error: `type` is always `button` here, and this is `list`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        type: "list",
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
