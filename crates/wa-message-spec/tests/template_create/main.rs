//! Requests that create a template, held against the limits of definitions: at each limit, and behind it.
#![allow(clippy::unwrap_used, missing_docs)]

mod limits;
mod parts;

use wa_message_rules::{advise, check, json::Document};
use wa_message_spec::templates::{
    REFUSALS,
    create::{TEMPLATE_CREATE, TEMPLATE_EDIT},
    operations, refusal,
};

/// What is wrong, as lines: the path, the number of the rule, and the sentence.
fn wrong(json: &str) -> Vec<String> {
    let document = Document::new(json).unwrap();
    let report = check(&TEMPLATE_CREATE, &[], document.root());
    let line = |violation: &wa_message_rules::Violation<_>| {
        let number = violation.number.map_or(String::new(), |number| format!(" [{number}]"));
        format!("{}{number}: {}", violation.path, violation.problem)
    };
    report.violations.iter().map(line).collect()
}

/// A template with these components.
fn with(category: &str, components: &str) -> String {
    format!(
        r#"{{"name":"order_ready","language":"en_US","category":"{category}","components":[{components}]}}"#
    )
}

const BODY: &str = r#"{"type":"BODY","text":"Fresh bread at six."}"#;
const PHONE: &str = r#"{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550100"}"#;

/// A button of the tests.
fn url(end: &str) -> String {
    format!(r#"{{"type":"URL","text":"Buy","url":"https://example.com/{end}","example":["rye"]}}"#)
}

fn buttons(buttons: &[&str]) -> String {
    format!(r#"{BODY},{{"type":"BUTTONS","buttons":[{}]}}"#, buttons.join(","))
}

fn replies(count: usize) -> String {
    let reply = r#"{"type":"QUICK_REPLY","text":"More"}"#;
    buttons(&vec![reply; count])
}

fn cards(count: usize, components: &str) -> String {
    let card = format!(r#"{{"components":[{components}]}}"#);
    format!(r#"{BODY},{{"type":"CAROUSEL","cards":[{}]}}"#, vec![card; count].join(","))
}

const PICTURE: &str =
    r#"{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4:aGFuZGxl"]}}"#;

#[test]
fn what_the_api_takes_is_taken() {
    let long = |count| "x".repeat(count);
    let taken = [
        with("UTILITY", BODY),
        // Any case, as the API reads it.
        with("utility", r#"{"type":"body","text":"Fresh bread at six."}"#),
        with("UTILITY", r#"{"type":"BODY","text":"Hi {{1}}, order {{2}} waits.","example":{"body_text":[["Ada","17"]]}}"#),
        // Meta's own pages show these forms too.
        with("UTILITY", r#"{"type":"BODY","text":"Hi {{1}} there.","example":{"body_text":"Ada"}}"#),
        with("UTILITY", r#"{"type":"BODY","text":"Hi {{1}} there.","example":{"body_text":["Ada"]}}"#),
        with("UTILITY", &format!(r#"{{"type":"BODY","text":"{}"}}"#, long(1024))),
        with("UTILITY", &format!(r#"{BODY},{{"type":"FOOTER","text":"{}"}}"#, long(60))),
        with("UTILITY", &format!(r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"{}"}}"#, long(60))),
        with("UTILITY", &format!(r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"Order {{{{1}}}}","example":{{"header_text":["17"]}}}}"#)),
        with("MARKETING", &format!("{BODY},{PICTURE}")),
        with("UTILITY", &format!(r#"{BODY},{{"type":"HEADER","format":"LOCATION"}}"#)),
        with("AUTHENTICATION", r#"{"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":10},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}"#),
        with("AUTHENTICATION", r#"{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ZERO_TAP","zero_tap_terms_accepted":true,"supported_apps":[{"package_name":"com.example","signature_hash":"K8a/AINcGX7"}]}]}"#),
        with("MARKETING", &replies(10)),
        with("MARKETING", &buttons(&[&url("{{1}}"), &url("b"), PHONE])),
        with("MARKETING", &buttons(&[r#"{"type":"COPY_CODE","example":"BREAD20"}"#])),
        with("MARKETING", &buttons(&[r#"{"type":"FLOW","text":"Rate","flow_id":1254213574875421,"flow_action":"navigate"}"#])),
        with("MARKETING", &cards(2, PICTURE)),
        with("MARKETING", &cards(10, &format!(r#"{PICTURE},{{"type":"BODY","text":"{}"}},{{"type":"BUTTONS","buttons":[{},{PHONE}]}}"#, long(160), url("{{1}}")))),
        with("MARKETING", &cards(2, r#"{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}"#)),
        with("MARKETING", &format!(r#"{PICTURE},{{"type":"BODY","text":"{}"}},{{"type":"LIMITED_TIME_OFFER","limited_time_offer":{{"text":"Ends at six","has_expiration":true}}}}"#, long(600))),
        with("UTILITY", &format!(r#"{BODY},{{"type":"CALL_PERMISSION_REQUEST"}}"#)),
        r#"{"name":"a","language":"en","category":"UTILITY","library_template_name":"delivery_update_1"}"#.to_owned(),
        format!(r#"{{"name":"{}","language":"en","category":"UTILITY","components":[{BODY}]}}"#, long(512)),
        r#"{"name":"a","language":"en","category":"UTILITY","parameter_format":"named","components":[{"type":"BODY","text":"Hi {{first_name}}, come in.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Ada"}]}}]}"#.to_owned(),
    ];
    for json in taken {
        assert_eq!(wrong(&json), Vec::<String>::new(), "{json}");
    }
}

/// Each of them is wrong at a path, by a rule.
fn assert_wrong(cases: &[(String, &str)]) {
    for (json, path) in cases {
        let found = wrong(json);
        let is_it = |line: &String| line.starts_with(&format!("{path}: "));
        assert!(found.iter().any(is_it), "{path:?} is not in {found:#?} of {json}");
    }
}

#[test]
fn a_sentence_says_what_to_do() {
    let footer = with("UTILITY", &format!(r#"{BODY},{{"type":"FOOTER","text":"For {{{{1}}}}"}}"#));
    assert_eq!(wrong(&footer), ["components[1].text [224]: `text` must have no variable"]);
}

#[test]
fn a_change_needs_something_to_change() {
    let lines = |json: &str| check(&TEMPLATE_EDIT, &[], Document::new(json).unwrap().root()).count;
    assert_eq!(lines("{}"), 1);
    assert_eq!(lines(r#"{"category":"MARKETING"}"#), 0);
    assert_eq!(
        lines(&format!(r#"{{"components":[{BODY},{{"type":"FOOTER","text":"For {{{{1}}}}"}}]}}"#)),
        1
    );
    assert_eq!(lines(r#"{"components":[{"type":"FOOTER","text":"Bakery Nord"}]}"#), 1);
}

#[test]
fn punctuation_behind_the_last_variable_is_advised_against() {
    let count = |text: &str| {
        let body = r#"{"type":"BODY","text":"TEXT","example":{"body_text":[["a"]]}}"#;
        let json = with("UTILITY", &body.replace("TEXT", text));
        assert_eq!(wrong(&json), Vec::<String>::new());
        advise(&TEMPLATE_CREATE, &[], Document::new(&json).unwrap().root()).count
    };
    assert_eq!((count("Hi {{1}}!"), count("Hi {{1}} there!"), count("Hi!")), (1, 0, 0));
}

#[test]
fn refusals_and_requests_are_known() {
    assert_eq!(refusal(2_388_024).map(|refusal| refusal.code), Some(100));
    assert_eq!(refusal(1), None);
    assert_eq!(REFUSALS.len(), 9);
    assert_eq!(operations::DELETE_TEMPLATES.method, "DELETE");
    assert_eq!(operations::CREATE_TEMPLATE.may_repeat, None);
}
