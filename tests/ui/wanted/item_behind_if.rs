// A whole value behind a condition. What is printed takes it for a field: "a reply button has no field
// `keep`", with two consequences.
//
// Should print, at the name, once:
//     error: a reply button has no field `keep`
//            = help: behind `if` stand the fields of an item; a value of its own is spread: `..yes.then_some(keep)`
use wa_message::wa_message;

fn main() {
    let yes = true;
    let keep = wa_message::types::ReplyButton::new(wa_message::types::Reply::new("keep", "Keep"));
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [if yes { keep }] };
}
