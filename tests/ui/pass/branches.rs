// Branches and texts that fit, and those of which nothing can be said.
#![deny(warnings)]

use wa_message::{InvalidMessage, Message, wa_message};

fn title(first: bool, count: u32, name: &str) -> Result<Message, InvalidMessage> {
    let width = 30;
    wa_message! { <button>
        to: "+15550100",
        body: if first { "Keep your booking?" } else { name },
        footer: match count {
            0 => None,
            1 => Some("We hold it for 15 minutes"),
            _ => Some(name),
        },
        buttons: [
            { id: "keep", title: if count == 0 { return wa_message! { <text> to: "+15550100", body: name } } else { "Keep" } },
            { id: "cancel", title: format!("{name:.5}, {:.*} {{}}", 1, "cancel") },
            { id: "more", title: (match width { 0 => format!("{name:>width$}"), _ => format!("{name:>20}") }) },
        ],
    }
}

fn main() {
    assert!(title(true, 1, "Ada").is_ok());
    assert!(title(false, 0, "Ada").is_ok());
    assert!(title(false, 2, "Ada").is_ok());
}
