// What a generic type has to be, in the help of the compiler.
use wa_message::wa_message;

fn greet<T: AsRef<str>>(name: T) {
    let _ = wa_message! { <text> to: "+15550100", body: name };
}

fn main() {
    greet("Ada");
}
