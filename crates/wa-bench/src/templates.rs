//! Definitions of templates, and messages that are made from them, for the compiler to read.

use std::fmt::Write as _;

use crate::written::Source;

/// A page of a list with a definition, as the API answers: about 1,000 bytes, most of which are a signed address.
#[must_use]
pub fn definition(number: usize) -> String {
    let signature = format!("{number:04x}").repeat(70);
    format!(
        r#"{{"name":"{name}","parameter_format":"POSITIONAL","components":[
  {{"type":"HEADER","format":"IMAGE","example":{{"header_handle":["https://cdn.example.org/t/{number}.png?oe={signature}"]}}}},
  {{"type":"BODY","text":"Hi {{{{1}}}}, order {{{{2}}}} is ready. We keep it until {{{{3}}}}, and longer when you ask.","example":{{"body_text":[["Ada","17","eight"]]}}}},
  {{"type":"FOOTER","text":"Bakery Nord"}},
  {{"type":"BUTTONS","buttons":[{{"type":"PHONE_NUMBER","text":"Call the bakery","phone_number":"+15550100"}},
    {{"type":"URL","text":"Track","url":"https://example.org/o/{{{{1}}}}","example":["https://example.org/o/17"]}}]}}],
 "language":"en_US","status":"APPROVED","category":"UTILITY","id":"1254213574{number:06}"}}"#,
        name = name(number),
    )
}

fn name(number: usize) -> String {
    format!("order_ready_{number}")
}

/// A crate with so many messages, each from a template of its own.
#[must_use]
pub fn library(messages: usize) -> Source {
    let mut main = "use wa_message::{InvalidMessage, Message, wa_message};\n".to_owned();
    for number in 0..messages {
        // Writing to a string does not fail.
        let _ = write!(
            main,
            "\npub fn message_{number}(to: &str, guest: &str, order: &str) -> Result<Message, InvalidMessage> {{\n    \
             wa_message! {{ <template>\n        to,\n        name: \"{}\",\n        language: \"en_US\",\n        \
             header: {{ image: {{ link: \"https://example.org/{number}.png\" }} }},\n        \
             body: [guest, order, \"eight\"],\n        buttons: [{{ index: \"1\", url: order }}],\n    }}\n}}\n",
            name(number)
        );
    }
    Source { main, others: Vec::new() }
}
