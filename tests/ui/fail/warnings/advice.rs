// With the feature `lints`, `wa_message!` expands like this: what is advised against is a warning at its place.
#![deny(deprecated)]

use wa_message::{Message, __private::expand_with_advice};

static GREETING: Message = expand_with_advice!([wa_message] <text> to: "+15550100", body: "Hello {name}");

fn main() {
    let name = "Ada";
    let _ = expand_with_advice!([wa_message] <button>
        to: "+15550100",
        header: "*Tonight*",
        body: format!("Keep your booking, {name}?"),
        buttons: [{ id: "keep", title: "Keep" }],
    );
    let _ = expand_with_advice!([wa_message] <location> to: "+15550100", latitude: 52.5, longitude: 13.4);
    let _ = &GREETING;
}
