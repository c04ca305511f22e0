// A constant of the wrong type, for a field that is no text.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: "Hello", preview_url: const { "yes" } };
}
