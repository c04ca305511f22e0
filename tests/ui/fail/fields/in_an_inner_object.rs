// Fields that stand further inside, and not beside it.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts>
        to: "+15550100",
        formatted_name: "Ada Berg",
        contacts: [{ first_name: "Ada", name: { formatted_name: "Ada Berg", last_name: "Berg" } }],
    };
}
