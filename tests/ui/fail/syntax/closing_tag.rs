// A message ends with its braces.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: "Hello" </text> };
    let _ = wa_message! { <text> to: "", body: "Hello", </text> };
}
