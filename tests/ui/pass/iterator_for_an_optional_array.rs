// An array that may be left out takes an iterator, an `Option`, and an array that is made elsewhere.
use wa_message::{InvalidMessage, List, Message, types::Phone, wa_message};

fn card<const N: usize>(phones: [&str; N]) -> Result<Message, InvalidMessage> {
    wa_message! { <contacts>
        to: "+15550100",
        contacts: [{
            name: { formatted_name: "Ada Berg", first_name: "Ada" },
            phones: phones.iter().map(|phone| Phone::default().with_phone(*phone)),
        }],
    }
}

fn whole(phones: Option<Vec<Phone>>, list: List<Phone>) -> Result<Message, InvalidMessage> {
    wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            { name: { formatted_name: "Ada Berg", first_name: "Ada" }, phones: phones.as_deref() },
            { name: { formatted_name: "Ada Berg", first_name: "Ada" }, phones },
            { name: { formatted_name: "Ada Berg", first_name: "Ada" }, phones: list },
        ],
    }
}

fn main() {
    let json = card(["+15550101", "+15550102"]).unwrap().to_json();
    assert!(json.contains("+15550101") && json.contains("+15550102"));
    let none = whole(None, List::from_vec(vec![Phone::default().with_phone("+15550103")])).unwrap();
    assert_eq!(none.to_json().matches("phones").count(), 1);
    let some = whole(Some(vec![Phone::default().with_phone("+15550104")]), List::from_static(&[]));
    assert!(some.is_err() || some.is_ok_and(|message| message.to_json().contains("+15550104")));
}
