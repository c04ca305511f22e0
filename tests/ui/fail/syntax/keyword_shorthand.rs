// A keyword alone takes no variable, for none has that name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts>
        to: "+15550100",
        contacts: [{ name: { formatted_name: "Ada Berg", first_name: "Ada" }, emails: [{ type }] }],
    };
}
