// Objects have braces.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "",
        buttons: [("keep", "Keep")],
    };
}
