// A spread has two dots.
use wa_message::wa_message;

fn main() {
    let buttons =
        vec![wa_message::types::ReplyButton::new(wa_message::types::Reply::new("keep", "Keep"))];
    let _ =
        wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [...buttons] };
}
