// Items that are spread, of the wrong type.
use wa_message::wa_message;

fn main() {
    let buttons = vec![wa_message::types::Row::new("keep", "Keep")];
    let _ =
        wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [..buttons] };
}
