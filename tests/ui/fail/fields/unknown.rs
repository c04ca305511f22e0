// A misspelled field, with the one that was meant. It is not reported as missing besides.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        foter: "Free of charge",
        butons: [{ id: "keep", title: "Keep" }],
    };
}
