// A field of which a part is typed, as while writing. It is not reported as missing besides.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", bo };
}
