// An array that may be left out, from an iterator. It is refused: only a `Vec` and an array are taken
// there, while an array that must be given takes any iterator.
//
// Should compile.
use wa_message::types::Phone;
use wa_message::wa_message;

fn main() {
    let phones = ["+15550101", "+15550102"];
    let _ = wa_message! { <contacts>
        to: "+15550100",
        contacts: [{
            name: { formatted_name: "Ada Berg", first_name: "Ada" },
            phones: phones.iter().map(|phone| Phone::default().with_phone(*phone)),
        }],
    };
}
