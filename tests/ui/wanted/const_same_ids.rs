// A rule over several values, one of which is a constant. What is printed is about the whole invocation
// and does not say which rule: "a constant breaks a rule of the message".
//
// Should print, at the array:
//     error[E0080]: evaluation panicked: two `id` of `buttons` are equal
use wa_message::wa_message;

const CANCEL: &str = "keep";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }, { id: const { CANCEL }, title: "Cancel" }],
    };
}
