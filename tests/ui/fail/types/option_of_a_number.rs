// An optional field of text takes an `Option` of a text.
use wa_message::wa_message;

fn main() {
    let footer: Option<u32> = Some(7);
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        footer: footer,
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
