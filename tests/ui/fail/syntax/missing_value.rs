// A value is missing. The field is not reported as missing besides.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button> to: , body: "", buttons: [{ id: "keep", title: }] };
}
