// The tag says one thing, the field another. What is printed says "a header needs `image`" besides.
//
// Should print, at `video`, once:
//     error: a header of the type `image` has no field `video`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: "image", video: { id: "1013859600285442" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
