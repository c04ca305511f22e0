// The tag alone does not make a header.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: { type: "image" },
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
