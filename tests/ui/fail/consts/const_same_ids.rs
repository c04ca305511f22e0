// A rule over several values, one of which is a constant.
use wa_message::wa_message;

const CANCEL: &str = "keep";

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }, { id: const { CANCEL }, title: "Cancel" }],
    };
}
