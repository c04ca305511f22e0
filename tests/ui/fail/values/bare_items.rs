// An item that needs more than a text, written as one.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button> to: "+15550100", body: "Keep it?", buttons: ["Yes", "No"] };
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: ["Feijoada"] }],
    };
}
