// A day that does not exist, and a date in another form.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            { name: { formatted_name: "Ada Berg", first_name: "Ada" }, birthday: "1984-02-30" },
            { name: { formatted_name: "Ole Berg", first_name: "Ole" }, birthday: "30.01.1984" },
        ],
    };
}
