// A value of which a part is typed, at the end of the invocation. What is printed stands at the whole
// invocation and quotes the parser: "expected a value: unexpected end of input, expected identifier or
// integer".
//
// Should print, at the dot:
//     error: expected a name behind `.`
use wa_message::wa_message;

fn main() {
    let name = "Ada";
    println!("{name}");
    let _ = wa_message! { <text> to: "+15550100", body: name. };
}
