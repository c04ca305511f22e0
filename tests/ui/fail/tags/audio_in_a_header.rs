// A medium that no header takes.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { audio: { link: "https://example.org/morning.ogg" } },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
