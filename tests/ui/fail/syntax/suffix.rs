// A literal with a suffix is an expression of Rust, and one with an unknown suffix is a mistake.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <location> to: "+15550100", latitude: 59.9f32, longitude: "10"u8 };
}
