// The paths of fields in the document, in the short form: the error says how they are written here.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <text> to: "+15550100", text.body: "Hello", context.message_id: "wamid.HBgL" };
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        interactive.action.button: "See dishes",
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
}
