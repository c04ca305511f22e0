// A field of another kind. What is suggested is `buttons`, which is given already.
//
// Should print, at `button`:
//     error: `<button>` has no field `button`, which belongs to `<list>`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
