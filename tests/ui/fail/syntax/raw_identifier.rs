// A raw identifier is the same name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> r#to: "+15550100", to: "+15550101", r#body: "" };
}
