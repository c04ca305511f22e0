// A fragment `$value:expr` is an expression, whatever it begins with. One that begins with a bracket is
// taken for an array that holds it, one in braces for an object: "`body` must be an object, and this is an
// array", "an item of `buttons` must be an object, and this is an array".
//
// Should compile.
use wa_message::wa_message;
use wa_message::types::{Reply, ReplyButton};

macro_rules! button {
    ($body:expr, $footer:expr, $buttons:expr) => {
        wa_message! { <button> to: "+15550100", body: $body, footer: $footer, buttons: $buttons }
    };
}

fn main() {
    let keep = ReplyButton::new(Reply::new("keep", "Keep"));
    let footer = "Free of charge";
    let message = button!(["Keep ", "your booking?"].concat(), { footer }, [keep]);
    assert!(message.is_ok());
}
