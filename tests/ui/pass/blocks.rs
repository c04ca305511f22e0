// A block of Rust stands in parentheses, and these are not too many.
#![deny(warnings)]
use wa_message::{InvalidMessage, wa_message};

fn main() -> Result<(), InvalidMessage> {
    let first = "Ada";
    let message = wa_message! { <button>
        to: ("+15550100"),
        header: ({
            let name = first;
            name.to_uppercase()
        }),
        body: ({ first }),
        footer: (if first.is_empty() { "Nobody" } else { "Somebody" }),
        buttons: [for n in 0..2 {
            id: ({
                let number = n + 1;
                number.to_string()
            }),
            title: ({ format!("{n}") }),
        }],
    }?;
    assert!(message.to_json().contains("ADA"));
    Ok(())
}
