//! Webhooks that are made to take long.

use std::fmt::Write as _;

/// The names of all shapes.
pub(crate) const NAMES: [&str; 12] = [
    "text messages",
    "statuses",
    "one contact for each message",
    "one long contact",
    "one long account",
    "messages of no type",
    "messages that do not fit",
    "entries",
    "changes",
    "one name again and again",
    "other names again and again",
    "lists inside each other",
];

/// A webhook of a shape, about in proportion to its size.
pub(crate) fn text(shape: &str, size: usize) -> Option<String> {
    let message = |number: usize| {
        format!(r#"{{"id":"{number}","from":"{number}","type":"text","text":{{"body":"a"}}}}"#)
    };
    let messages = |size| format!(r#""messages":[{}]"#, list(size, message));
    let contact = |name: &str, id: usize| {
        format!(r#"{{"profile":{{"name":"{name}"}},"wa_id":"{id}","user_id":"US.{id}"}}"#)
    };
    Some(match shape {
        "text messages" => value(&messages(size)),
        "statuses" => {
            let status =
                |number| format!(r#"{{"id":"{number}","status":"read","recipient_id":"1"}}"#);
            value(&format!(r#""statuses":[{}]"#, list(size, status)))
        }
        "one contact for each message" => {
            let contacts = list(size, |number| contact("Alex", size - number));
            value(&format!(r#""contacts":[{contacts}],{}"#, messages(size)))
        }
        "one long contact" => {
            let contact = contact(&"\\n".repeat(size), 1);
            let message = |number| format!(r#"{{"id":"{number}","from":"1"}}"#);
            value(&format!(r#""contacts":[{contact}],"messages":[{}]"#, list(size, message)))
        }
        "one long account" => {
            let change = format!(r#"{{"field":"messages","value":{{{}}}}}"#, messages(size));
            format!(r#"{{"entry":[{{"id":"{}","changes":[{change}]}}]}}"#, "1".repeat(size))
        }
        "messages of no type" => {
            let message = |number| format!(r#"{{"id":"{number}","a":{{"a":[{number}]}}}}"#);
            value(&format!(r#""messages":[{}]"#, list(size, message)))
        }
        "messages that do not fit" => {
            value(&format!(r#""messages":[{}]"#, list(size, |_| r#"{"id":[[]]}"#.to_owned())))
        }
        "entries" => {
            let entry = |number| format!(r#"{{"id":"{number}","changes":[{{"field":"a"}}]}}"#);
            format!(r#"{{"entry":[{}]}}"#, list(size, entry))
        }
        "changes" => {
            let change = |_| r#"{"field":"security","value":{"event":"PIN_CHANGED"}}"#.to_owned();
            format!(r#"{{"entry":[{{"changes":[{}]}}]}}"#, list(size, change))
        }
        "one name again and again" => value(&format!(
            r#""messages":[{{{}}}]"#,
            list(size, |number| format!(r#""id":"{number}""#))
        )),
        "other names again and again" => {
            let members = list(size, |number| format!(r#""parent_user_id":"{number}""#));
            value(&format!(r#""statuses":[{{"id":"1","status":"sent",{members}}}]"#))
        }
        "lists inside each other" => {
            value(&format!(r#""messages":[{}{}]"#, "[".repeat(size), "]".repeat(size)))
        }
        _ => return None,
    })
}

fn value(members: &str) -> String {
    format!(
        r#"{{"entry":[{{"id":"1","changes":[{{"field":"messages","value":{{{members}}}}}]}}]}}"#
    )
}

fn list(size: usize, item: impl Fn(usize) -> String) -> String {
    let mut list = String::new();
    for number in 0..size {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(list, "{comma}{}", item(number));
    }
    list
}
