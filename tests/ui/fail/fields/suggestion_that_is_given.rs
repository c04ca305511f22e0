// A field of another kind. `buttons`, which is near, is given already and is not suggested.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
