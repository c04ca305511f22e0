// A row where a button has to stand.
use wa_message::wa_message;

fn main() {
    let row = wa_message::types::Row::new("keep", "Keep");
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [row] };
}
