// Something that holds no items. What is printed stands at the whole invocation.
//
// Should print, at `12`:
//     error[E0277]: `{integer}` is not an iterator
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button> to: "+15550100", body: "Keep your booking?", buttons: [..12] };
}
