// Fields that other kinds have. What is printed does not say which.
//
// Should print, at each of the three names:
//     error: `<text>` has no field `buttons`, which belongs to `<button>`
//     error: `<text>` has no field `caption`, which belongs to `<document>`, `<image>` and `<video>`
//     error: `<text>` has no field `emoji`, which belongs to `<reaction>`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
        caption: "The oven",
        emoji: "\u{1F600}",
    };
}
