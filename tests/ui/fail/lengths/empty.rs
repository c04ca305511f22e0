// Texts that must not be empty.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "",
        header: "",
        body: "",
        footer: "",
        buttons: [{ id: "", title: "" }],
    };
}
