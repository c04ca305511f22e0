// `null` for what is required.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: null, body: null, preview_url: null };
}
