// A value is moved once, as anywhere.
use wa_message::wa_message;

fn main() {
    let text = String::from("Hello");
    let _ = wa_message! { <button>
        to: "+15550100",
        header: text,
        body: text,
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
