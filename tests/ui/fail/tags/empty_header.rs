// Nothing says which kind of header it is.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: {},
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }],
    };
}
