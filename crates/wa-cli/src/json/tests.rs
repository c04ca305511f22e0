use super::{Content, Document, Style};

fn read(text: &str) -> (String, Vec<String>) {
    let document = Document::new(text, Style::default());
    let broken =
        document.broken.iter().map(|(span, because)| format!("{}: {because}", span.range().start));
    (shown(&document.root.content), broken.collect())
}

fn shown(content: &Content<'_>) -> String {
    match content {
        Content::Unknown => "?".to_owned(),
        Content::Around(text) => format!("~{text}~"),
        Content::OneOf { all, is_open } => {
            let all: Vec<_> = all.iter().map(|value| shown(&value.content)).collect();
            format!("{}{}", all.join("|"), if *is_open { "|?" } else { "" })
        }
        Content::Null => "null".to_owned(),
        Content::Boolean(value) => value.to_string(),
        Content::Integer(value) => value.to_string(),
        Content::Number(value) => format!("{value:?}"),
        Content::Text(text) => format!("{text:?}"),
        Content::List { items, is_repeated } => {
            let items: Vec<_> = items.iter().map(|item| shown(&item.content)).collect();
            format!("[{}{}]", items.join(" "), if *is_repeated { " .." } else { "" })
        }
        Content::Object(members) => {
            let all =
                members.all.iter().map(|(name, value)| format!("{name}={}", shown(&value.content)));
            let all: Vec<_> = all.collect();
            format!("{{{}{}}}", all.join(" "), if members.is_open { " .." } else { "" })
        }
    }
}

#[track_caller]
fn reads(text: &str, as_: &str) {
    assert_eq!(read(text), (as_.to_owned(), Vec::new()), "{text}");
}

#[track_caller]
fn breaks(text: &str, as_: &str, broken: &[&str]) {
    let (shown, found) = read(text);
    assert_eq!(
        (shown.as_str(), found.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
        (as_, broken),
        "{text}"
    );
}

#[test]
fn json() {
    reads(
        r#" {"a": [1, -2.5e3, true, null], "b": {"c": "d\n\u00e9\ud83d\ude00"}} "#,
        "{a=[1 -2500.0 true null] b={c=\"d\\né😀\"}}",
    );
    reads("[]", "[]");
    reads("{}", "{}");
    reads("-0", "-0.0");
    reads("\u{FEFF}[1]", "[1]");
    reads(r#"{"a": 1, "a": 2}"#, "{a=2}");
}

#[test]
fn places_that_are_filled_in_later() {
    reads(
        r#"{"to": "{{phone}}", "n": {{count}}, "m": ${n}, "b": "Hi ${name}, it is {{ time }}!"}"#,
        "{to=? n=? m=? b=~Hi , it is !~}",
    );
    reads(
        r#"[{% for row in rows %} {"id": "{{ row.id }}"}{% if not loop.last %},{% endif %} {% endfor %}]"#,
        "[{id=?} ..]",
    );
    reads(r#"{"a": 1 {% if b %}, "b": 2{% endif %}}"#, "{a=1 b=2|? ..}");
    reads(r#"{"a": {{{raw}}}, {{more}}, "b": 1}"#, "{a=? b=1 ..}");
    reads(r#"{"{{name}}": 1, "b": 2}"#, "{b=2 ..}");
    reads(r#"{"a": 1{{n}}0, "b": "costs $5 {"}"#, "{a=? b=\"costs $5 {\"}");
    reads(r#"{"a": "{{1}} and {{2}}"}"#, "{a=~ and ~}");
}

#[test]
fn it_goes_on_behind_an_error() {
    breaks(r#"{"a": 1 "b": 2}"#, "{a=1 b=2}", &["8: a comma is expected"]);
    breaks(
        r#"{"a": tru, "b": 2}"#,
        "{a=? b=2}",
        &["6: a value is expected: texts need double quotes"],
    );
    breaks(
        r#"{"a": 'x', "b": 01}"#,
        "{a=? b=?}",
        &[
            "6: a value is expected: texts need double quotes",
            "16: JSON writes numbers in another way",
        ],
    );
    breaks(
        r#"{a: 1, "b": 2}"#,
        "{b=2 ..}",
        &["1: the name of a member is expected, in double quotes"],
    );
    breaks("[1, 2,]", "[1 2]", &["5: JSON has no comma behind the last one"]);
    breaks("[1, 2", "[1 2]", &["0: the bracket is not closed"]);
    breaks(
        r#"{"a": [1, 2}"#,
        "{a=[1 2]}",
        &["11: another bracket was opened", "0: the bracket is not closed"],
    );
    breaks("{\"a\": \"b, \"c\": 1}", "{a=\"b, \"}", &["11: a comma is expected"]);
    breaks("[\"a", "[?]", &["1: the text is not closed", "0: the bracket is not closed"]);
    breaks("[1] x", "[1]", &["4: nothing may stand behind the value"]);
    breaks("[1, // one\n2]", "[1 2]", &["4: JSON has no comments"]);
    breaks(r#"["\q"]"#, "[\"\u{FFFD}\"]", &["2: no such escape is known"]);
    breaks(
        "[\"a\nb\"]",
        "[\"a\\nb\"]",
        &["3: a line break or tab in a text is written with a backslash"],
    );
    breaks("", "?", &["0: the text ends where a value is expected"]);
    breaks(
        "{\"a\"",
        "{ ..}",
        &["1: a colon is expected behind the name", "0: the bracket is not closed"],
    );
}

#[test]
fn nothing_is_too_deep_to_read() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "[{\"a\":".repeat(50_000) + &"}]".repeat(50_000),
    ] {
        let document = Document::new(&text, Style::default());
        assert!(document.broken.iter().any(|(_, because)| because.contains("nested deeper")));
    }
}

/// A text that is cut or damaged anywhere is read to its end, without a panic.
#[test]
fn every_damage_is_survived() {
    let text =
        r#"{"a": [1, {"b": "x\u00e9{{y}}"}], {% if z %} "c": -1.5e2, {% endif %} "d": null} // e"#;
    for at in 0..=text.len() {
        let Some((before, after)) = text.is_char_boundary(at).then(|| text.split_at(at)) else {
            continue;
        };
        for (style, relaxed) in
            [(Style::default(), false), (Style { is_relaxed: true, may_go_on: true }, true)]
        {
            _ = relaxed;
            Document::new(before, style);
            Document::new(after, style);
            for damage in [
                "\"", "{", "}", "[", "]", ",", ":", "\\", "{{", "}}", "$", "%", "<%", "é", "\n",
                "/*",
            ] {
                Document::new(&format!("{before}{damage}{after}"), style);
            }
        }
    }
}

#[test]
fn many_members_are_told_apart() {
    let members: Vec<_> = (0..100_000).map(|number| format!("\"m{number}\":{number}")).collect();
    let text = format!("{{{},\"m7\":\"again\",\"m99999\":1}}", members.join(","));
    let document = Document::new(&text, Style::default());
    assert_eq!(document.broken, []);
    let Content::Object(members) = &document.root.content else { panic!("no object") };
    assert_eq!(members.all.len(), 100_000);
    let repeated: Vec<_> = members.repeated.iter().map(|(name, _)| name.as_ref()).collect();
    assert_eq!(repeated, ["m7", "m99999"]);
    let again = document.root.get("m7").map(|value| shown(&value.content));
    assert_eq!(again.as_deref(), Some("\"again\""));
}

/// Each quote is looked at once, however many there are behind one that is not closed.
#[test]
fn a_text_without_an_end_is_passed_once() {
    for between in ["", "\n"] {
        let text = format!("{{\"a\" \"b\": \"{}", format!("\\\"{between}").repeat(500_000));
        let document = Document::new(&text, Style::default());
        assert!(!document.broken.is_empty());
    }
}
