// A number out of its range.
use wa_message::wa_message;

const LATITUDE: f64 = 91.0;

fn main() {
    let _ =
        wa_message! { <location> to: "+15550100", latitude: const { LATITUDE }, longitude: 10.75 };
}
