// A field of which a part is typed, as while writing. What is suggested is `to`, which is given already,
// and `body` is reported as missing besides.
//
// Should print, at the name, once:
//     error: `<text>` has no field `bo`
//            = help: did you mean `body`?
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", bo };
}
