// What the compiler makes of a macro is held against the limits like a literal.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", body: concat!() };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep it?",
        buttons: [{ id: stringify!(keep), title: concat!("Keep the table of ", stringify!(seven guests)) }],
    };
}
