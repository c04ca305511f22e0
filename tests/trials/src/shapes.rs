//! Bodies that are made to take long.

use std::fmt::Write as _;

/// The names of all shapes.
pub(crate) const NAMES: [&str; 16] = [
    "unknown members",
    "one name again and again",
    "distinct ids",
    "equal ids",
    "rows without anything",
    "sections by rows",
    "named parameters",
    "free members",
    "arrays inside each other",
    "a long name",
    "long names",
    "a long value",
    "many contacts",
    "unknown members in rows",
    "JSON in a text",
    "empty texts",
];

/// A body of a shape, about in proportion to its size.
pub(crate) fn text(shape: &str, size: usize) -> String {
    let row = |number: usize| format!(r#"{{"id":"row {number}","title":"Row"}}"#);
    match shape {
        "unknown members" => message(&list(size, |number| format!(r#""a{number}":1"#))),
        "one name again and again" => message(&list(size, |number| format!(r#""a":{number}"#))),
        "distinct ids" => rows(&list(size, row)),
        "equal ids" => rows(&list(size, |_| row(7))),
        "rows without anything" => rows(&list(size, |_| "{}".to_owned())),
        "sections by rows" => {
            let section = |number: usize| {
                let rows = list(10, |at| row(10 * number + at));
                format!(r#"{{"title":"Section {number}","rows":[{rows}]}}"#)
            };
            sections(&list(size / 10, section))
        }
        "named parameters" => template(&list(size, |number| {
            format!(r#"{{"type":"text","parameter_name":"name_{number}","text":"T"}}"#)
        })),
        "free members" => flow(&list(size, |number| format!(r#""a{number}":[{number},{{}}]"#))),
        "arrays inside each other" => {
            flow(&format!(r#""a":{}{}"#, "[".repeat(size), "]".repeat(size)))
        }
        "a long name" => message(&format!(r#""{}":1"#, "ab".repeat(size))),
        "long names" => {
            message(&list(size / 10, |number| format!(r#""biz_opaque_callback_data_{number}":1"#)))
        }
        "a long value" => {
            message(&format!(r#""recipient_type":"{}""#, "individual".repeat(size / 10)))
        }
        "many contacts" => {
            let contact = |number| {
                format!(r#"{{"name":{{"formatted_name":"N {number}","first_name":"N"}}}}"#)
            };
            contacts(&format!("[{}]", list(size, contact)))
        }
        "unknown members in rows" => rows(&list(size, |_| r#"{"body":1}"#.to_owned())),
        "JSON in a text" => {
            let contact = r#"{\"name\":{\"formatted_name\":\"N\",\"first_name\":\"N\"}}"#;
            contacts(&format!("\"[{}]\"", list(size, |_| contact.to_owned())))
        }
        "empty texts" => template_of(&list(size, |_| {
            r#"{"type":"body","sub_type":"","index":"","parameters":[]}"#.to_owned()
        })),
        _ => String::new(),
    }
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    let mut list = String::new();
    for number in 0..count {
        let comma = if number == 0 { "" } else { "," };
        // Writing into a text does not fail.
        let _ = write!(list, "{comma}{}", item(number));
    }
    list
}

fn message(members: &str) -> String {
    format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"text","text":{{"body":"Hello"}},{members}}}"#
    )
}

fn interactive(kind: &str, action: &str) -> String {
    format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"interactive","interactive":{{"type":"{kind}","body":{{"text":"B"}},"action":{action}}}}}"#
    )
}

fn sections(sections: &str) -> String {
    interactive("list", &format!(r#"{{"button":"See","sections":[{sections}]}}"#))
}

fn rows(rows: &str) -> String {
    sections(&format!(r#"{{"rows":[{rows}]}}"#))
}

fn flow(data: &str) -> String {
    let parameters = format!(
        r#""flow_message_version":"3","flow_id":"1","flow_cta":"Go","flow_action":"navigate","flow_action_payload":{{"screen":"A","data":{{{data}}}}}"#
    );
    interactive("flow", &format!(r#"{{"name":"flow","parameters":{{{parameters}}}}}"#))
}

fn template(parameters: &str) -> String {
    template_of(&format!(r#"{{"type":"body","parameters":[{parameters}]}}"#))
}

fn template_of(components: &str) -> String {
    format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"template","template":{{"name":"t","language":{{"code":"en"}},"components":[{components}]}}}}"#
    )
}

fn contacts(contacts: &str) -> String {
    format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"contacts","contacts":{contacts}}}"#
    )
}
