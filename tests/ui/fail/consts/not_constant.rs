// A value that is not known while compiling.
use wa_message::wa_message;

fn main() {
    let body = "Hello";
    println!("{body}");
    let _ = wa_message! { <text> to: "+15550100", body: const { body } };
}
