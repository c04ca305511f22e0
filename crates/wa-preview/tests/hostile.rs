//! Texts that try to be more than texts, in the place of every text of every message.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;
mod parsed;

use parsed::Parsed;
use proptest::prelude::*;
use serde_json::{Value, json};
use wa_message::preview::{draw_json, draw_json_with, draw_received, style_sheet};

/// All elements that are drawn.
const ELEMENTS: [&str; 34] = [
    "a",
    "article",
    "blockquote",
    "button",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "li",
    "main",
    "ol",
    "p",
    "path",
    "s",
    "section",
    "span",
    "strong",
    "summary",
    "svg",
    "ul",
    // Of the page.
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "dialog",
];

const HOSTILE: [&str; 16] = [
    "<img src=x onerror=alert(1)>",
    "</article></div><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onclick='alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://example.org",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\"><svg onload=alert(1)>",
    "http://example.org/' onclick='x",
    "\u{202e}gpj.exe\u{202c}",
    "&lt;b&gt; &amp; &#x3c;i&#x3e;",
    "<!--",
    "]]>",
    "</style><style>*{display:none}</style>",
    "*<b>*_<i>_~</s>~`</code>````</code>```",
    "\0\u{1}\u{7f}\u{80}\u{fffe}\r\n\t",
];

/// Each element is closed, in its order.
fn assert_closed(html: &str) {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let inside = &rest[start + 1..];
        let end = inside.find('>').unwrap();
        let tag = &inside[..end];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = &inside[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} is open: {html}");
}

/// Nothing in it does anything, or loads anything.
fn assert_inert(html: &str) {
    assert_closed(html);
    for element in Parsed::part(html).elements() {
        let name = element.name.as_str();
        assert!(ELEMENTS.contains(&name), "<{name}> in {html}");
        for (attribute, value) in &element.attributes {
            let is_bad =
                attribute.starts_with("on") || ["style", "src"].contains(&attribute.as_str());
            assert!(!is_bad, "{attribute} in {html}");
            if attribute == "href" {
                let value = value.to_ascii_lowercase();
                assert!(value.starts_with("https://") || value.starts_with("http://"), "{value}");
                assert_eq!(element.attribute("rel"), Some("noopener noreferrer"));
            }
            if attribute == "class" {
                assert!(value.split(' ').all(|class| class.starts_with("wa-")), "{value}");
            }
        }
    }
}

/// A message with a text in the place of each of its texts, but for those by which it is known what it is.
fn with_text(json: &Value, text: &str) -> Value {
    match json {
        Value::String(_) => text.into(),
        Value::Array(items) => items.iter().map(|item| with_text(item, text)).collect(),
        Value::Object(members) => {
            let replaced = members.iter().map(|(name, value)| {
                let is_tag = ["type", "sub_type", "index", "status"].contains(&name.as_str());
                (name.clone(), if is_tag { value.clone() } else { with_text(value, text) })
            });
            Value::Object(replaced.collect())
        }
        other => other.clone(),
    }
}

fn assert_all_inert(text: &str) {
    let templates = common::templates();
    for (_, json) in common::sent().iter().chain(&common::special()) {
        assert_inert(draw_json(&with_text(json, text)).as_str());
    }
    for (_, json) in common::filled() {
        let mut hostile = with_text(&json, text);
        for member in ["name", "language"] {
            hostile["template"][member] = json["template"][member].clone();
        }
        assert_inert(draw_json_with(&hostile, &templates).as_str());
    }
    for (_, json) in common::received() {
        assert_inert(draw_received(&with_text(&json, text)).as_str());
    }
}

#[test]
fn hostile_texts_are_inert_everywhere() {
    for text in HOSTILE {
        assert_all_inert(text);
    }
}

#[test]
fn examples_are_well_formed() {
    for (_, json) in common::sent() {
        assert_inert(draw_json(&json).as_str());
        Parsed::page(draw_json(&json).page().as_str());
    }
}

#[test]
fn a_long_text_of_emoji_is_whole() {
    let text = "👩🏽‍🚀".repeat(1024);
    let json = json!({ "type": "text", "text": { "body": text } });
    assert!(draw_json(&json).as_str().contains(&text));
    let lone = "😀".repeat(4096);
    assert_eq!(
        shown(&draw_json(&json!({ "type": "text", "text": { "body": lone } })), "wa-text"),
        lone
    );
}

#[test]
fn each_text_has_its_own_direction() {
    let json = json!({ "type": "text", "text": { "body": "\u{202e}abc" } });
    assert!(
        draw_json(&json)
            .as_str()
            .contains("<div class=\"wa-text\" dir=\"auto\"><p>\u{202e}abc</p></div>")
    );
}

/// The text that is seen of what has a class.
fn shown(html: &wa_message::preview::Html, class: &str) -> String {
    Parsed::part(html.as_str()).text_of(class)
}

/// Whether a character may be a mark, or a part of how a line begins.
fn is_formatting(sign: char) -> bool {
    sign.is_whitespace() || "*_~`->.".contains(sign) || sign.is_ascii_digit()
}

/// Pieces of which formatting and HTML are made.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "*",
        "_",
        "~",
        "`",
        "```",
        "\n",
        " ",
        "- ",
        "* ",
        "> ",
        "1. ",
        "<",
        ">",
        "&",
        "\"",
        "'",
        "</div>",
        "<b>",
        "&amp;",
        "https://e.org/",
        "http://",
        "javascript:",
        "a",
        "ö",
        "😀",
        "\u{202e}",
        "\u{200d}",
        "{{1}}",
        "\0",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_well_formed_and_whole(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let body = json!({ "type": "interactive", "interactive": { "type": "button",
            "header": { "type": "text", "text": text }, "body": { "text": text }, "footer": { "text": text },
            "action": { "buttons": [{ "type": "reply", "reply": { "id": text, "title": text } }] } } });
        let html = draw_json(&body);
        assert_inert(html.as_str());
        // Breaks are the same everywhere, and what is no character is shown as unknown.
        let clean = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = clean.chars()
            .map(|sign| if sign.is_control() && !"\n\t".contains(sign) { '\u{fffd}' } else { sign })
            .collect();
        for class in ["wa-heading", "wa-button"] {
            if !clean.is_empty() {
                prop_assert_eq!(shown(&html, class), clean.clone());
            }
        }
        let letters = |text: &str| text.chars().filter(|sign| !is_formatting(*sign)).collect::<String>();
        prop_assert_eq!(letters(&shown(&html, "wa-text")), letters(&clean));
    }
}

#[test]
fn every_class_is_in_the_style_sheet() {
    let mut missing = Vec::new();
    let all = common::sent().into_iter().chain(common::special()).map(|(_, json)| draw_json(&json));
    for html in all.chain(common::received().iter().map(|(_, json)| draw_received(json))) {
        for class in html
            .as_str()
            .split("class=\"")
            .skip(1)
            .flat_map(|rest| rest.split('"').next().unwrap().split(' '))
        {
            if !style_sheet().contains(&format!(".{class}")) {
                missing.push(class.to_owned());
            }
        }
    }
    missing.sort_unstable();
    missing.dedup();
    assert!(missing.is_empty(), "{missing:?}");
}
