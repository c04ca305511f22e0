//! The limits of section "creating" of the guides, through the builder and through JSON.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;
use crate::templates::{ButtonKind, HeaderFormat, NewButton, NewCard, NewHeader, TemplateCategory};

fn plain() -> NewTemplate {
    NewTemplate::new("hello", "en_US", TemplateCategory::Utility)
}

fn paths(template: &NewTemplate) -> Vec<String> {
    let found = template.check().err().unwrap_or_default();
    found.iter().map(|violation| violation.path().to_owned()).collect()
}

#[test]
fn variables_are_written_as_the_text_has_them() {
    let by_name = plain().body("Hi {{first_name}}, thanks.", [("first_name", "Ada")]);
    assert_eq!(
        by_name.to_json(),
        json!({
            "name": "hello", "language": "en_US", "category": "UTILITY", "parameter_format": "NAMED",
            "components": [{ "type": "BODY", "text": "Hi {{first_name}}, thanks.",
                "example": { "body_text_named_params": [{ "param_name": "first_name", "example": "Ada" }] } }]
        })
    );
    let by_number = plain()
        .header(NewHeader::text("Order {{1}} now", ["17"]))
        .body("Hi {{1}}, {{2}}.", ["Ada", "17"]);
    let json = by_number.to_json();
    assert_eq!(json["parameter_format"], "POSITIONAL");
    assert_eq!(json["components"][0]["example"], json!({ "header_text": ["17"] }));
    assert_eq!(json["components"][1]["example"], json!({ "body_text": [["Ada", "17"]] }));
    assert!(plain().body("Hi", ()).to_json().get("parameter_format").is_none());
    // What somebody wrote stays.
    let said = by_name.member("parameter_format", "POSITIONAL").to_json();
    assert_eq!(said["parameter_format"], "POSITIONAL");
    // The variable of an address has a number, also where others have names.
    let both = plain()
        .body("Hi {{first_name}}, thanks.", [("first_name", "Ada")])
        .button(NewButton::url("Go", "https://example.org/{{1}}").sample("https://example.org/1"));
    assert_eq!(both.to_json()["parameter_format"], "NAMED");
    assert_eq!(paths(&both), [""; 0]);
}

#[test]
fn parts_stand_in_their_components() {
    let template = plain()
        .body("Fresh", ())
        .card(
            NewCard::new(NewHeader::image("4::a"))
                .body("Rye {{1}}!", ["today"])
                .button(NewButton::new(ButtonKind::QuickReply, "More")),
        )
        .card(
            NewCard::new(NewHeader::image("4::b"))
                .body("Spelt", ())
                .button(NewButton::new(ButtonKind::QuickReply, "More")),
        )
        .footer("Bakery Nord");
    let json = template.to_json();
    assert_eq!(json["components"][1]["type"], "CAROUSEL");
    assert_eq!(json["components"][1]["cards"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        json["components"][1]["cards"][0]["components"][0]["example"],
        json!({ "header_handle": ["4::a"] })
    );
    assert_eq!(json["parameter_format"], "POSITIONAL");
    let buttons = plain()
        .body("B", ())
        .button(NewButton::phone_number("Call", "+15550100"))
        .button(NewButton::bare(ButtonKind::CopyCode).with("example", "BREAD20"));
    assert_eq!(
        buttons.to_json()["components"][1]["buttons"],
        json!([
            { "type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100" },
            { "type": "COPY_CODE", "example": "BREAD20" }
        ])
    );
}

/// A kind that is new may be written all the same, and is refused by the limits.
#[test]
fn kinds_are_those_of_the_description() {
    let with = |kind: ButtonKind| plain().body("Hi.", ()).button(NewButton::new(kind, "More"));
    assert_eq!(ButtonKind::from("quick_reply"), ButtonKind::QuickReply);
    assert_eq!(paths(&with(ButtonKind::QuickReply)), [""; 0]);
    let beam = with(ButtonKind::Other("BEAM".to_owned()));
    assert_eq!(beam.to_json()["components"][1]["buttons"][0]["type"], "BEAM");
    assert_eq!(paths(&beam), ["components[1].buttons[0].type"]);
    for kind in DEMANDS.buttons {
        assert!(!matches!(ButtonKind::from(kind.name), ButtonKind::Other(_)), "{}", kind.name);
    }
    for format in DEMANDS.formats {
        let known = HeaderFormat::from(format.name);
        assert!(!matches!(known, HeaderFormat::Other(_)), "{}", format.name);
    }
}

#[test]
fn samples_fit_their_variables() {
    let body = |text: &str, example: Value| {
        plain().component(json!({ "type": "BODY", "text": text, "example": example }))
    };
    for fitting in [
        body("Hi {{1}}, you.", json!({ "body_text": "Ada" })),
        body("Hi {{1}}, you.", json!({ "body_text": ["Ada"] })),
        body("Hi {{1}}, you.", json!({ "body_text": [["Ada"]] })),
        body("Hi {{2}} of {{1}}, you.", json!({ "body_text": [["Ada", "b"]] })),
        body("Hi {{1}} and {{1}}, you.", json!({ "body_text": [["Ada"]] })),
    ] {
        assert_eq!(paths(&fitting), [""; 0], "{fitting:?}");
    }
    for wrong in [
        plain().body("Hi {{1}}, you.", ["Ada", "Eve"]),
        plain().body("Hi {{1}}, you.", [("1", "Ada"), ("2", "Eve")]),
        plain().body("Hi {{a}}, you.", [("b", "Ada")]),
        plain().body("Hi {{1}}, {{3}}.", ["Ada", "Eve"]),
        plain().body("Hi {{1}}, {{a}}.", ["Ada", "Eve"]),
    ] {
        assert!(paths(&wrong).contains(&"components[0].text".to_owned()), "{wrong:?}");
    }
}

#[test]
fn limits_are_checked_before_anything_is_sent() {
    let long = |count: usize| "x".repeat(count);
    for (template, path) in [
        (NewTemplate::new("Hello", "de", "UTILITY").body("B", ()), "name"),
        (NewTemplate::new(long(513), "de", "UTILITY").body("B", ()), "name"),
        (NewTemplate::new("a", "de", "FUN").body("B", ()), "category"),
        (plain().body(long(1025), ()), "components[0].text"),
        (plain().header(NewHeader::text(long(61), ())).body("B", ()), "components[0].text"),
        (plain().body("B", ()).footer(long(61)), "components[1].text"),
        (
            plain().body("B", ()).button(NewButton::new(ButtonKind::QuickReply, long(26))),
            "components[1].buttons[0].text",
        ),
    ] {
        assert!(
            paths(&template).iter().any(|found| found == path),
            "{path}: {:?}",
            paths(&template)
        );
    }
    assert_eq!(paths(&plain().body(long(1024), ()).footer(long(60))), [""; 0]);
    let eleven = (0..11).fold(plain().body("B", ()), |all, _| {
        all.button(NewButton::new(ButtonKind::QuickReply, "Yes"))
    });
    assert!(!paths(&eleven).is_empty());
    let phones = plain()
        .body("B", ())
        .button(NewButton::phone_number("A", "+15550100"))
        .button(NewButton::phone_number("B", "+15550101"));
    assert!(!paths(&phones).is_empty());
}

#[test]
fn a_change_has_no_name_and_no_category() {
    let template = plain().body("Hi {{1}}, you.", ["Ada"]).member("message_send_ttl_seconds", 60);
    let json: Value = serde_json::from_slice(&template.checked(Purpose::Edit).unwrap()).unwrap();
    let names: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(names, ["components", "message_send_ttl_seconds", "parameter_format"]);
}

#[test]
fn what_is_no_definition_is_refused() {
    for text in ["", "[]", "7", "null", "{"] {
        let error = NewTemplate::from_json(text).unwrap_err();
        assert_eq!(error.kind(), crate::templates::TemplateErrorKind::NotJson, "{text}");
    }
    for text in [
        "{}",
        r#"{"components":7}"#,
        r#"{"components":[7,{"type":7},{"type":"CAROUSEL","cards":[1]}]}"#,
    ] {
        assert!(!paths(&NewTemplate::from_json(text).unwrap()).is_empty());
        let built = NewTemplate::from_json(text)
            .unwrap()
            .body("B", ())
            .button(NewButton::new(ButtonKind::QuickReply, "A"));
        assert!(!paths(&built).is_empty());
    }
}
