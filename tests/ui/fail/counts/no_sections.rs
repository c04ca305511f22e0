// A list without sections, a section without rows.
use wa_message::wa_message;

fn main() {
    let _ =
        wa_message! { <list> to: "+15550100", body: "When?", button: "See hours", sections: [] };
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "When?",
        button: "See hours",
        sections: [{ title: "Morning", rows: [] }],
    };
}
