// A constant is proven by the compiler, whatever stands beside it. `cargo check` prints nothing.
//
// Should print, at the `const` block, under `cargo check` too:
//     error: `title` is too long: a reply button takes at most 20 characters
use wa_message::wa_message;

const TITLE: &str = "Keep it for two of us";

fn main() {
    let body = String::from("Keep your booking?");
    let _ = wa_message! { <button>
        to: "+15550100",
        body: body,
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
}
