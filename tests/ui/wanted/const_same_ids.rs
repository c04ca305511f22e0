// A rule over several values, one of which is a constant. What is printed is about the whole invocation
// and does not say which rule. `cargo check` prints nothing.
//
// Should print, at the array or at the second id, under `cargo check` too:
//     error: two `id` of `buttons` are equal
use wa_message::wa_message;

const CANCEL: &str = "keep";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }, { id: const { CANCEL }, title: "Cancel" }],
    };
}
