// Through a macro of one's own, an error stands at what the user wrote.
use wa_message::wa_message;

macro_rules! text {
    ($to:expr, $($body:tt)*) => {
        wa_message! { <text> to: $to, body: $($body)* }
    };
}

fn main() {
    let _ = text!("", "");
}
