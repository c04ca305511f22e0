// One edit away: a plural, a hyphen, another case, two letters swapped.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        headers: "Tonight",
        body: "Pick a dish",
        buttno: "See dishes",
        section: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
    let _ = wa_message! { <text> to: "+15550100", "preview-url": true, Body: "Hello" };
}
