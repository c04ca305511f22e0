// Values that return, break, or go on in a loop, and those that a closure or a block makes.
#![deny(warnings)]

use wa_message::{InvalidMessage, Message, wa_message};

fn found(to: Option<&str>, dishes: &[&str]) -> Result<Option<Message>, InvalidMessage> {
    let message = wa_message! { <button>
        to: match to {
            Some(to) => to,
            None => return Ok(None),
        },
        body: ({
            let Some(first) = dishes.first() else { return Ok(None) };
            first
        }),
        footer: dishes.get(1).copied(),
        buttons: [{ id: "yes", title: "Yes" }],
    }?;
    Ok(Some(message))
}

fn all(texts: &[Option<&str>]) -> Vec<Message> {
    let mut messages = Vec::new();
    'each: for text in texts {
        let message = wa_message! { <text>
            to: "+15550100",
            body: if let Some(text) = text { *text } else { continue 'each },
            preview_url: if messages.len() > 1 { break } else { true },
        };
        messages.extend(message);
    }
    messages
}

fn asked(to: Option<&str>) -> Option<Message> {
    let greeting = || "Hello";
    wa_message! { <text> to: to?, body: greeting() }.ok()
}

fn main() {
    assert!(found(Some("+15550100"), &["Feijoada", "Moqueca"]).unwrap().is_some());
    assert!(found(None, &["Feijoada"]).unwrap().is_none());
    assert!(found(Some("+15550100"), &[]).unwrap().is_none());
    assert_eq!(all(&[Some("a"), None, Some("b"), Some("c"), Some("d")]).len(), 2);
    assert!(asked(Some("+15550100")).is_some() && asked(None).is_none());
}
