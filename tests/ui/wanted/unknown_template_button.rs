// Buttons of a template are of three kinds. What is printed of the text is about an array that the
// user did not write: "an item of `components` must be an object".
//
// Should print, at each of the buttons:
//     error: a button component has no field `quick_replay`
//            = help: did you mean `quick_reply`?
//     error: an item of `buttons` must be an object, and this is a text
//     error: a button component needs `quick_reply`, `url` or `catalog`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        buttons: [{ quick_replay: "track-17" }, "orders/17", {}],
    };
}
