// The header of a list is a text. What is printed says besides that the header needs `text`.
//
// Should print, at `image`, once:
//     error: `image` is not taken here: the header can only be a text
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        header: { image: { id: "1013859600285441" } },
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
