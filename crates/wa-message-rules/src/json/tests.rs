#![allow(clippy::unwrap_used)]

use super::Document;
use crate::{Node, Value};

fn broken(text: &str) -> String {
    let broken = Document::new(text).map(|_| ()).unwrap_err();
    format!("{}: {broken}", broken.place())
}

#[test]
fn values_know_where_they_stand() {
    let document =
        Document::new("\u{FEFF}{\n  \"größe\": [1, {\"b\\u0061\": \"x\\n\"}]\n}").unwrap();
    let list = document.root().member("größe").unwrap();
    assert_eq!(list.place().to_string(), "2:12");
    let object = list.items().unwrap().nth(1).unwrap();
    assert_eq!(object.place().to_string(), "2:16");
    assert_eq!(object.raw(), "{\"b\\u0061\": \"x\\n\"}");
    assert_eq!(object.text_of("ba").unwrap(), "x\n");
    assert!(matches!(list.items().unwrap().next().unwrap().value(), Value::Integer(1)));
    assert_eq!(document.value(list.number()).unwrap().raw(), list.raw());
}

#[test]
fn the_last_member_of_a_name_counts() {
    let document = Document::new(r#"{"a": 1, "b": 2, "a": 3}"#).unwrap();
    let Value::Object(members) = document.root().value() else { panic!("an object") };
    let shown: Vec<_> =
        members.iter().map(|(name, node)| format!("{name}{}", node.raw())).collect();
    assert_eq!(shown, ["b2", "a3"]);
    assert_eq!(document.root().member("a").unwrap().raw(), "3");
}

#[test]
fn what_is_no_json_is_refused_where_it_goes_wrong() {
    assert_eq!(broken(""), "1:1: it ends where a value is expected");
    assert_eq!(broken("{\"a\": 1"), "1:8: it ends before its last bracket");
    assert_eq!(broken("{\"a\" 1}"), "1:6: `:` is expected here");
    assert_eq!(broken("{\"a\": 1,\n}"), "2:1: the name of a member is expected here");
    assert_eq!(broken("[1 2]"), "1:4: `,` or `]` is expected here");
    assert_eq!(broken("[1}"), "1:3: `,` or `]` is expected here");
    assert_eq!(broken("[\"a]"), "1:2: this string has no end");
    assert_eq!(broken("[\"a\nb\"]"), "1:4: a control character is escaped in a string");
    assert_eq!(broken(r#"["\x"]"#), "1:2: this string has an escape that JSON does not know");
    assert_eq!(broken("[] []"), "1:4: there is more behind its end");
    assert!(broken(&"[".repeat(1_000)).ends_with("nested too deep"));
    for text in ["01", "1.", ".5", "+1", "-", "1e", "nul", "NaN", "0x1", "'a'", "é"] {
        assert!(broken(text).starts_with("1:1: "), "{text}");
    }
}

#[test]
fn numbers_and_words_are_those_of_json() {
    for text in ["0", "-0", "1.5", "1e9", "-1.25E-3", "true", "false", "null", " \t[ ]\r\n", "{ }"]
    {
        assert!(Document::new(text).is_ok(), "{text}");
    }
}

/// Places are counted from marks, which lie some thousand bytes apart and maybe in the middle of a letter.
#[test]
fn places_are_the_same_however_far_they_lie() {
    for (item, joint) in
        [("\"größe\"", ","), ("\"größe\"", ",\n  "), ("17", ","), ("\"a\"", "\n,\r\n")]
    {
        let text = format!("[{}]", vec![item; 4_000].join(joint));
        let document = Document::new(&text).unwrap();
        let (mut line, mut column) = (1, 2);
        for json in document.root().items().unwrap() {
            assert_eq!(json.place().to_string(), format!("{line}:{column}"));
            column += item.chars().count();
            for letter in joint.chars() {
                (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
        }
    }
}
