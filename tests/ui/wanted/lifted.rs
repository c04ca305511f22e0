// What the short form leaves out, written all the same. What is printed reports everything in it as
// missing besides.
//
// Should print once each, or take the full form too:
//     error: `action` is left out in the short form, and its fields stand in its place
//     error: `text` is left out in the short form, and its fields stand in its place
//     error: `reply` is left out in the short form, and its fields stand in its place
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        action: { buttons: [{ id: "keep", title: "Keep" }] },
    };
    let _ = wa_message! { <text> to: "+15550100", text: { body: "Hello" } };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ type: "reply", reply: { id: "keep", title: "Keep" } }],
    };
}
