// Behind `if` stand the fields of an item; a value of its own is spread.
use wa_message::wa_message;

fn main() {
    let yes = true;
    let keep = wa_message::types::ReplyButton::new(wa_message::types::Reply::new("keep", "Keep"));
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [if yes { keep }] };
}
