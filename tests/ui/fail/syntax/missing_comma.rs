// A comma is missing, and nothing else is reported but what is wrong besides.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100"
        body: ""
        buttons: [{ id: "keep", title: "Keep it for two of us" } { id: "cancel" title: "Cancel" }]
    };
}
