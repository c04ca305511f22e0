// A number out of its range. What is printed is about the whole invocation and says neither which field
// nor which rule. `cargo check` prints nothing.
//
// Should print, at the `const` block, under `cargo check` too:
//     error: `latitude` must be from -90 to 90
use wa_message::wa_message;

const LATITUDE: f64 = 91.0;

fn main() {
    let _ = wa_message! { <location> to: "+15550100", latitude: const { LATITUDE }, longitude: 10.75 };
}
