// What the short form leaves out, written all the same. What it holds is not reported as missing.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        action: { buttons: [{ id: "keep", title: "Keep" }] },
    };
    let _ = wa_message! { <text> to: "+15550100", text: { body: "Hello" } };
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ type: "reply", reply: { id: "keep", title: "Keep" } }],
    };
}
