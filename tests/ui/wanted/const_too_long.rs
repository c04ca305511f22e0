// A constant that is too long for its field. What is printed names neither the field nor the limit, and
// goes on about `Text::from_static` and a file of the standard library.
//
// Should print, at the `const` block:
//     error: `title` is too long: a reply button takes at most 20 characters
use wa_message::wa_message;

const TITLE: &str = "Keep it for two of us";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
}
