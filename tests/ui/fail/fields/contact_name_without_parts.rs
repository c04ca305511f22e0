// The name of a contact needs one of its parts beside the whole.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts>
        to: "+15550100",
        contacts: [{ name: { formatted_name: "Ada Berg" } }, { phones: [{ phone: "+15550101" }] }],
    };
}
