// Degrees beyond the poles and the date line.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <location> to: "+15550100", latitude: 90.5, longitude: -181 };
}
