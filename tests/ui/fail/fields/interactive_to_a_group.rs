// A group takes no interactive message.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        recipient_type: "group",
        to: "Y2FwaV9ncm91cDox",
        body: "Who is coming?",
        buttons: [{ id: "me", title: "Me" }],
    };
}
