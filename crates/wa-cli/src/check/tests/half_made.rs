//! Half-made bodies, as they are kept in repositories: what is written is checked, and nothing else is said.

use std::fmt::Write as _;

use super::super::Checker;
use crate::bodies::Form;

/// What is wrong with a body, each as "rule path".
pub(super) fn found(body: &str) -> Vec<String> {
    let checker = Checker::default();
    let name = "body.json".to_owned();
    let checked = checker.check(name.clone().into(), name, body.to_owned(), Form::Json);
    let findings = checked.findings.iter().filter(|found| found.rule.as_str() != "WA009");
    findings
        .map(|found| match found.rule.as_str() {
            "WA-json" => found.says.clone(),
            rule => format!("{rule} {}", found.path),
        })
        .collect()
}

#[track_caller]
pub(super) fn finds(body: &str, expected: &[&str]) {
    assert_eq!(found(body), expected, "{body}");
}

/// A text message with something behind its type.
pub(super) fn text(behind: &str) -> String {
    format!(r#"{{"messaging_product":"whatsapp","to":"+15550101","type":"text",{behind}}}"#)
}

/// A message with buttons.
pub(super) fn buttons(items: &str) -> String {
    let action = format!(r#"{{"buttons":[{items}]}}"#);
    let inner = format!(r#"{{"type":"button","body":{{"text":"Which?"}},"action":{action}}}"#);
    format!(
        r#"{{"messaging_product":"whatsapp","to":"+15550101","type":"interactive","interactive":{inner}}}"#
    )
}

pub(super) const REPLY: &str = r#"{"type":"reply","reply":{"id":"a","title":"A"}}"#;

#[test]
fn members_between_tags_are_checked() {
    finds(&text(r#"{% if x %}"text":{"body":"hi"}{% endif %}"#), &[]);
    finds(&text(r#"{% if x %}"text":{"body":5}{% endif %}"#), &["WA-type text.body"]);
    finds(&text(r#"{% if x %}"txt":{"body":"hi"}{% endif %}"#), &["WA-unknown txt"]);
    finds(&text(r#""text":{"bdy":"hi", {{more}}}"#), &["WA-unknown text.bdy"]);
    finds(&text(r#"{% if x %}"recipient_type":"nobody"{% endif %}"#), &["WA-value recipient_type"]);
    finds(
        &text(&format!(r#""text":{{"body":"{}", {{{{more}}}}}}"#, "a".repeat(4_097))),
        &["WA-too-long text.body"],
    );
    finds(
        &text(r#""text":{ {% if x %}"body":"a"{% else %}"body":7{% endif %}}"#),
        &["WA-type text.body"],
    );
    finds(
        &text(r#""text":{"body":"a"}, ${context ? `"context": {"message_id": "${id}"}` : ""}"#),
        &[],
    );
}

#[test]
fn nothing_is_missing_and_nothing_excludes_another() {
    finds(r#"{"messaging_product":"whatsapp", {% include "rest.json" %}}"#, &[]);
    finds(r#"{"messaging_product":"whatsapp", {{> rest}} }"#, &[]);
    finds(
        r#"{"messaging_product":"whatsapp","type":"image","image":{ {{source}} },"to":"+15550101"}"#,
        &[],
    );
    let image = |members: &str| {
        format!(
            r#"{{"messaging_product":"whatsapp","to":"+15550101","type":"image","image":{{ {members} }}}}"#
        )
    };
    finds(
        &image(r#"{% if x %}"id":"1"{% else %}"link":"https://a.example/b.png"{% endif %}"#),
        &[],
    );
    finds(&image(r#""id":"1", "link":"https://a.example/b.png", {{more}}"#), &["WA012 image.link"]);
}

#[test]
fn names_may_stand_in_several_branches() {
    finds(&text(r#"{% if x %}"text":{"body":"a"}{% else %}"text":{"body":"b"}{% endif %}"#), &[]);
    finds(&text(r#""text":{"body":"a"}{% if x %}, "text":{"body":"b"}{% endif %}"#), &[]);
    finds(
        &text(
            r#""text":{"body":"a"}, {% if x %}"context":{"message_id":"a"},{% endif %} "text":{"body":"b"}"#,
        ),
        &["WA-repeated "],
    );
}

#[test]
fn a_tag_may_choose_the_kind() {
    let chosen = |one: &str, other: &str| {
        format!(
            r#"{{"messaging_product":"whatsapp", {{{{#if x}}}}"type":"text","text":{one},{{{{else}}}}"type":"image","image":{other},{{{{/if}}}} "to":"+15550101"}}"#
        )
    };
    finds(&chosen(r#"{"body":"a"}"#, r#"{"id":"1"}"#), &[]);
    finds(
        &chosen(r#"{"body":5}"#, r#"{"idd":"1"}"#),
        &["WA-type text.body", "WA-unknown image.idd"],
    );
    finds(
        r#"{"messaging_product":"whatsapp",{% if x %}"type":"img"{% else %}"type":"text"{% endif %}}"#,
        &["WA001 type"],
    );
    finds(
        r#"{"messaging_product":"whatsapp",{% if x %}"status":"read","message_id":"wamid.a"{% else %}"to":"+15550101","type":"text","text":{"body":"a"}{% endif %}}"#,
        &[],
    );
}

#[test]
fn values_between_tags_are_checked() {
    finds(&text(r#""text":{"body":{% if x %}"a"{% else %}"b"{% endif %}}"#), &[]);
    finds(&text(r#""text":{"body":{% if x %}"a"{% else %}7{% endif %}}"#), &["WA-type text.body"]);
    finds(&text(r#""text":{"body":{% if x %}"a"{% endif %}{% if not x %}"b"{% endif %}}"#), &[]);
    finds(&text(r#""text":{% include "text.json" %}"#), &[]);
    finds(
        &text(r#""text":{% if x %}{"body":"a"}{% else %}{"bdy":"a"}{% endif %}"#),
        &["WA-unknown text.bdy"],
    );
    finds(
        &text(
            r#""text":{"body":{{ body | tojson }}, "preview_url": {{#if y}}true{{else}}"no"{{/if}}}"#,
        ),
        &["WA-type text.preview_url"],
    );
    finds(
        &text(r#""text":{"body":{% if x %}"a", "preview_url":true{% else %}"b"{% endif %}}"#),
        &[],
    );
}

#[test]
fn items_between_tags_are_checked_and_not_counted() {
    finds(&buttons(r#"{% include "buttons.json" %}"#), &[]);
    finds(&buttons(&format!("{{{{more}}}} {REPLY}, {REPLY}, {REPLY}, {REPLY}")), &[]);
    finds(
        r#"{"messaging_product":"whatsapp","to":"+15550101","type":"interactive","interactive":{"type":"carousel","body":{"text":"Which?"},"action":{"cards":[${cards.join(",")}]}}}"#,
        &[],
    );
    finds(
        &buttons(&format!(
            "{{% for x in xs %}}{REPLY}{{% if not loop.last %}},{{% endif %}}{{% endfor %}}"
        )),
        &[],
    );
    finds(
        &buttons(&format!(
            "{{{{range $i, $x := .Xs}}}}{{{{if $i}}}},{{{{end}}}}{REPLY}{{{{end}}}}"
        )),
        &[],
    );
    finds(&buttons(&format!("{{{{#xs}}}}{REPLY},{{{{/xs}}}}{REPLY},{REPLY},{REPLY}")), &[]);
    finds(
        &buttons(
            r#"{{#each xs}}{"type":"reply","reply":{"id":"{{id}}","title":5}}{{#unless @last}},{{/unless}}{{/each}}"#,
        ),
        &["WA-type interactive.action.buttons[0].reply.title"],
    );
}

#[test]
fn tags_may_stand_around_whole_bodies() {
    let [good, bad] = [r#""text":{"body":"a"}"#, r#""text":{"body":5}"#].map(text);
    finds(&format!("{{% if x %}}{good}{{% else %}}{bad}{{% endif %}}"), &["WA-type text.body"]);
    finds(&format!("{{% set x = 1 %}}\n{good}"), &[]);
    finds(&format!("{{{{#each xs}}}}{good}{{{{/each}}}}"), &[]);
    finds(&format!("{{{{ define \"body\" }}}}{good}{{{{ end }}}}"), &[]);
    let checker = Checker { all: true, ..Checker::default() };
    let list = format!("{{% if x %}}[{good},{good}]{{% else %}}{bad}{{% endif %}}");
    let checked = checker.check("a.json".into(), "a.json".to_owned(), list, Form::Json);
    assert_eq!((checked.bodies, checked.findings.len()), (3, 1));
    finds(&format!("{{# about it {{{{ #}}{good}"), &[]);
}

/// Blocks that begin in one bracket and end in another may come to anything.
#[test]
fn crossed_brackets_say_nothing() {
    for body in [
        r#"{% if x %}{"messaging_product":"whatsapp","a":1{% else %}{"messaging_product":"whatsapp","b":2{% endif %},"to":"1"}"#,
        r#"{"messaging_product":"whatsapp","context":{% if x %}{"message_id":1}{% else %}{"message_id":2, {% endif %} "to":"+15550101"}"#,
        r#"{"messaging_product":"whatsapp","a":[{% if x %}1]{% else %}2]{% endif %},"b":1}"#,
        r#"{"messaging_product":"whatsapp","text":{"body":"a"{% if x %}},"type":"text"{% else %},"preview_url":true},"type":"text"{% endif %}}"#,
        r#"{"messaging_product":"whatsapp" {% endif %} "type":"nothing"}"#,
    ] {
        let found = found(body);
        assert!(found.iter().all(|found| !found.contains("not JSON")), "{body}: {found:?}");
    }
    finds(
        r#"{"messaging_product":"whatsapp","a":[{% if x %}1]{% else %}2]{% endif %},"b":1}"#,
        &[],
    );
}

#[test]
fn quotes_may_stand_inside_of_placeholders() {
    finds(
        &text(r#""text":{"body":"{{ name | default("you, all") }} and {{ names | join(", ") }}"}"#),
        &[],
    );
    finds(&text(r#""text":{"body":"{{ user["name"] }}", "preview_url":"{{ a or "b" }}"}"#), &[]);
    finds(&text(r#""text":{"body":"{{printf "%s, %s" .A .B}}"}"#), &[]);
    finds(
        &text(r#""text":{"body":"${user ? "a" : "b"} \d"}"#),
        &["this is not JSON: no such escape is known"],
    );
    finds(&text(r#""text":{"body":"{{ x | replace('\d', '') }}"}"#), &[]);
    finds(
        &text(r#""text":{"body":"{{ a or "," }}{{ ", " if b }}{% if c == "d, e" %}f{% endif %}"}"#),
        &[],
    );
    // An opening that is meant as it stands.
    finds(
        &text(r#""text":{"body":"write {{ here", "bdy":"and }} there"}"#),
        &["WA-unknown text.bdy"],
    );
    finds(&text(r#""text":{"body":"{% if"}, "x":1"#), &["WA-unknown x"]);
}

/// What stands around a placeholder is a part of a text, and is compared with nothing.
#[test]
fn parts_of_texts_are_no_texts() {
    let reply = |id: &str| format!(r#"{{"type":"reply","reply":{{"id":"{id}","title":"{id}"}}}}"#);
    finds(&buttons(&format!("{},{}", reply("a{{x}}"), reply("a"))), &[]);
    finds(
        r#"{"messaging_product":"whatsapp","to":"+15550101","type":"{{x}}text","image":{"id":"1"}}"#,
        &[],
    );
    let long = "a".repeat(3_000);
    finds(
        &text(&format!(r#""text":{{"body":"{{% if x %}}{long}{{% else %}}{long}{{% endif %}}"}}"#)),
        &[],
    );
    finds(
        &text(&format!(r#""text":{{"body":"{long}{{{{x}}}}{long}"}}"#)),
        &["WA-too-long text.body"],
    );
}

#[test]
fn what_no_template_mends_is_told() {
    finds(
        &text(r#""text":{"body":"https://a.example" "preview_url":true}, {{more}}"#),
        &["this is not JSON: a comma is expected"],
    );
    finds(
        &text(r#"{% if x %}"text":{body:"a"}{% endif %}"#),
        &["this is not JSON: the name of a member is expected, in double quotes"],
    );
    let unclosed =
        ["the bracket is not closed", "the name of a member is expected, in double quotes"];
    let unclosed = unclosed.map(|because| format!("this is not JSON: {because}"));
    assert_eq!(found(&text(r#"{% if x "text":{"body":"a"}"#)), unclosed);
    finds(
        &text(r#""text":{"body":"a"}, {{more}},"#),
        &["this is not JSON: JSON has no comma behind the last one"],
    );
}

#[test]
fn hostile_templates_are_read_to_their_end() {
    let many = 20_000;
    let mut different = String::new();
    for number in 0..many {
        _ = write!(different, "{{% a{number} %}}");
    }
    for number in 0..many {
        _ = write!(different, "{{% endb{number} %}}");
    }
    for tags in [
        "{% if x %}".repeat(many),
        "{% if x %}".repeat(many) + &"{% endif %}".repeat(many),
        "{% endif %}".repeat(many),
        "{% if".repeat(many),
        "{{#a}}".repeat(many) + "\"a\":1" + &"{{/a}}".repeat(many),
        "{{ { }} ".repeat(many),
        "{{/* ".repeat(many),
        "{{!-- ".repeat(many),
        "{# ".repeat(many),
        "{% comment %}".repeat(many),
        "\"{{\", ".repeat(many / 10),
        "\"a{{ b\": \"c\", ".repeat(many / 10),
        "{% if x %}\"a\":1,{% endif %}".repeat(many),
        "${".repeat(many),
        "<%".repeat(many),
        "<% if (x) { %>".repeat(many) + &"<% } %>".repeat(many),
        ",{% a %}".repeat(many),
        different,
    ] {
        found(&text(&tags));
        found(&buttons(&tags));
        found(&format!("{tags}{}", text(&tags)));
    }
}
