//! Finds a member among the last ones of a JSON text that this crate wrote, without reading the whole.
//!
//! Members stand in the order of their names. So whom a message goes to stands near its end, behind the
//! content, and only texts come after it.

use std::ops::Range;

/// Finds where the text of a member stands, if only texts stand behind it and it has no escapes.
pub(super) fn text_of(json: &str, name: &str) -> Option<Range<usize>> {
    let mut rest = json.strip_suffix('}')?;
    loop {
        rest = rest.strip_suffix('"')?;
        let value = start_of_string(rest)?..rest.len();
        rest = rest.get(..value.start)?.strip_suffix("\":\"")?;
        let start = start_of_string(rest)?;
        if rest.get(start..)? == name {
            return Some(value.clone()).filter(|value| !json[value.clone()].contains('\\'));
        }
        rest = rest.get(..start)?.strip_suffix(",\"")?;
    }
}

/// Finds where the string begins that goes to the end of a text: behind the last quote that is not escaped.
fn start_of_string(text: &str) -> Option<usize> {
    let mut end = text.len();
    loop {
        let quote = text.get(..end)?.rfind('"')?;
        let escapes = text[..quote].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if escapes % 2 == 0 {
            return Some(quote + 1);
        }
        end = quote;
    }
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn a_member_is_found_from_the_end() {
        let found = |json: &'static str| text_of(json, "to").map(|range| &json[range]);
        assert_eq!(found(r#"{"text":{"body":"\"to\":\"2\""},"to":"1","type":"text"}"#), Some("1"));
        assert_eq!(found(r#"{"a":1,"to":"","type":"\\\"}"}"#), Some(""));
        // It is left to the reader of the whole.
        for json in [
            r#"{"to":"1","video":{"id":"1"}}"#,
            r#"{"a":{"to":"1"},"type":"video"}"#,
            r#"{"a":"to","type":"video"}"#,
            r#"{"to":"\u0031","type":"text"}"#,
            r#"{"a":["to","1"]}"#,
            r"{}",
            r"}",
            "",
        ] {
            assert_eq!(found(json), None, "{json}");
        }
    }
}
