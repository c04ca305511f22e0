// A value of which a part is typed, at the end of the invocation.
use wa_message::wa_message;

fn main() {
    let name = "Ada";
    println!("{name}");
    let _ = wa_message! { <text> to: "", body: name. };
}
