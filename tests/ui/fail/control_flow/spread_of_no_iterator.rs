// Something that holds no items.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [..12] };
}
