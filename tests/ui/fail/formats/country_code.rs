// Two letters, not the name.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts>
        to: "+15550100",
        contacts: [{
            name: { formatted_name: "Ada Berg", first_name: "Ada" },
            addresses: [{ city: "Oslo", country_code: "Norway" }],
        }],
    };
}
