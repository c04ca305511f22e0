// A number out of its range. What is printed stands at the whole invocation, and does not say the range.
//
// Should print, at the `const` block:
//     error[E0080]: evaluation panicked: `latitude` must be from -90 to 90
use wa_message::wa_message;

const LATITUDE: f64 = 91.0;

fn main() {
    let _ =
        wa_message! { <location> to: "+15550100", latitude: const { LATITUDE }, longitude: 10.75 };
}
