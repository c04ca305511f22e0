//! Requests that create a template, held against the limits of definitions: at each limit, and behind it.
#![allow(clippy::unwrap_used, missing_docs)]

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
fn names_bodies_and_footers_have_limits() {
    let long = |count| "x".repeat(count);
    let named = |name: &str| {
        format!(r#"{{"name":"{name}","language":"en","category":"UTILITY","components":[{BODY}]}}"#)
    };
    let body = |text: &str| {
        let body = r#"{"type":"BODY","text":"TEXT","example":{"body_text":[["a"]]}}"#;
        with("UTILITY", &body.replace("TEXT", text))
    };
    assert_wrong(&[
        (named("Order"), "name [224]"),
        (named(""), "name"),
        (named(&long(513)), "name"),
        (body(&long(1025)), "components[0].text"),
        (body("{{1}}, hi"), "components[0].text [224]"),
        (body("Hi {{1}}"), "components[0].text [224]"),
        (body("Hi {{1}} "), "components[0].text [224]"),
        (with("UTILITY", r#"{"type":"BODY"}"#), "components[0].text [224]"),
        (
            with("UTILITY", r#"{"type":"BODY","text":"Hi {{1}} there."}"#),
            "components[0].example [224]",
        ),
        (body("Hi {{first_name}} there."), "parameter_format [224]"),
        (with("UTILITY", &format!("{BODY},{BODY}")), "components[1] [224]"),
        (
            with("UTILITY", &format!(r#"{BODY},{{"type":"FOOTER","text":"{}"}}"#, long(61))),
            "components[1].text",
        ),
        (
            with("UTILITY", &format!(r#"{BODY},{{"type":"FOOTER","text":"For {{{{1}}}}"}}"#)),
            "components[1].text [224]",
        ),
        (
            with("AUTHENTICATION", r#"{"type":"FOOTER","code_expiration_minutes":91}"#),
            "components[0].code_expiration_minutes",
        ),
    ]);
}

#[test]
fn headers_have_limits() {
    let long = |count| "x".repeat(count);
    assert_wrong(&[
        (
            with(
                "UTILITY",
                &format!(r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"{}"}}"#, long(61)),
            ),
            "components[1].text",
        ),
        (
            with(
                "UTILITY",
                &format!(
                    r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"{{{{1}}}} and {{{{2}}}}","example":{{"header_text":["a"]}}}}"#
                ),
            ),
            "components[1].text [224]",
        ),
        (
            with("UTILITY", &format!(r#"{BODY},{{"type":"HEADER","format":"TEXT"}}"#)),
            "components[1].text [224]",
        ),
        (
            with("UTILITY", &format!(r#"{BODY},{{"type":"HEADER","format":"IMAGE"}}"#)),
            "components[1].example [224]",
        ),
        (
            with(
                "UTILITY",
                &format!(
                    r#"{BODY},{{"type":"HEADER","format":"IMAGE","example":{{"header_handle":["https://example.com/a.png"]}}}}"#
                ),
            ),
            "components[1].example.header_handle[0] [224]",
        ),
        (
            with(
                "UTILITY",
                &format!(
                    r#"{BODY},{{"type":"HEADER","format":"IMAGE","example":{{"header_text":["a"]}}}}"#
                ),
            ),
            "components[1].example.header_handle [224]",
        ),
        (
            with("AUTHENTICATION", r#"{"type":"BODY"},{"type":"HEADER","format":"LOCATION"}"#),
            "category [224]",
        ),
    ]);
}

#[test]
fn buttons_have_limits() {
    let long = |count| "x".repeat(count);
    assert_wrong(&[
        (with("MARKETING", &replies(11)), "components[1].buttons [224]"),
        (with("MARKETING", &buttons(&[])), "components[1].buttons [224]"),
        (
            with("MARKETING", &buttons(&[&url("a"), &url("b"), &url("c")])),
            "components[1].buttons[2] [224]",
        ),
        (with("MARKETING", &buttons(&[PHONE, PHONE])), "components[1].buttons[1] [224]"),
        (with("MARKETING", &buttons(&[&url("{{1}}/more")])), "components[1].buttons[0].url [224]"),
        (with("MARKETING", &buttons(&[&url(&long(2000))])), "components[1].buttons[0].url"),
        (
            with(
                "MARKETING",
                &buttons(&[r#"{"type":"URL","text":"Buy","url":"https://example.com/{{1}}"}"#]),
            ),
            "components[1].buttons[0].example [224]",
        ),
        (
            with(
                "MARKETING",
                &buttons(&[&format!(r#"{{"type":"QUICK_REPLY","text":"{}"}}"#, long(26))]),
            ),
            "components[1].buttons[0].text",
        ),
        (
            with(
                "MARKETING",
                &buttons(&[&format!(
                    r#"{{"type":"PHONE_NUMBER","text":"Call","phone_number":"{}"}}"#,
                    long(21)
                )]),
            ),
            "components[1].buttons[0].phone_number",
        ),
        (
            with(
                "MARKETING",
                &buttons(&[&format!(r#"{{"type":"COPY_CODE","example":"{}"}}"#, long(21))]),
            ),
            "components[1].buttons[0].example",
        ),
        (
            with("MARKETING", &buttons(&[r#"{"type":"FLOW","text":"Rate"}"#])),
            "components[1].buttons[0]",
        ),
        (
            with(
                "MARKETING",
                &buttons(&[r#"{"type":"FLOW","text":"Rate","flow_id":"1","flow_name":"rate"}"#]),
            ),
            "components[1].buttons[0].flow_name",
        ),
    ]);
}

#[test]
fn buttons_with_codes_have_limits() {
    let otp = |otp: &str| {
        with(
            "AUTHENTICATION",
            &format!(r#"{{"type":"BODY"}},{{"type":"BUTTONS","buttons":[{otp}]}}"#),
        )
    };
    let app = r#"{"package_name":"com.example","signature_hash":"K8a/AINcGX7"}"#;
    assert_wrong(&[
        (
            otp(r#"{"type":"OTP","otp_type":"COPY_CODE"},{"type":"QUICK_REPLY","text":"More"}"#),
            "components[1].buttons [224]",
        ),
        (
            otp(r#"{"type":"OTP","otp_type":"ZERO_TAP"}"#),
            "components[1].buttons[0].zero_tap_terms_accepted [224]",
        ),
        (
            otp(
                r#"{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"example","signature_hash":"K8a/AINcGX7"}]}"#,
            ),
            "components[1].buttons[0].supported_apps[0].package_name [224]",
        ),
        (
            otp(
                r#"{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{"package_name":"com.example","signature_hash":"K8a/AINcGX"}]}"#,
            ),
            "components[1].buttons[0].supported_apps[0].signature_hash [224]",
        ),
        (
            otp(&format!(
                r#"{{"type":"OTP","otp_type":"ONE_TAP","supported_apps":[{}]}}"#,
                [app; 6].join(",")
            )),
            "components[1].buttons[0].supported_apps [224]",
        ),
    ]);
}

#[test]
fn cards_and_offers_have_limits() {
    let long = |count| "x".repeat(count);
    let of =
        |buttons: &[&str]| format!(r#"{{"type":"BUTTONS","buttons":[{}]}}"#, buttons.join(","));
    let (one, two) = (of(&[PHONE]), of(&[PHONE, &url("a")]));
    let offer = r#"{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends at six"}}"#;
    assert_wrong(&[
        (with("MARKETING", &cards(1, PICTURE)), "components[1].cards [224]"),
        (with("MARKETING", &cards(11, PICTURE)), "components[1].cards [224]"),
        (
            with(
                "MARKETING",
                &format!(
                    r#"{BODY},{{"type":"CAROUSEL","cards":[{{"components":[{PICTURE}]}},{{"components":[{{"type":"HEADER","format":"PRODUCT"}}]}}]}}"#
                ),
            ),
            "components[1].cards[1].components[0].format [224]",
        ),
        (
            with(
                "MARKETING",
                &cards(
                    2,
                    &format!(
                        r#"{PICTURE},{{"type":"BUTTONS","buttons":[{PHONE},{},{}]}}"#,
                        url("a"),
                        url("b")
                    ),
                ),
            ),
            "components[1].cards[0].components[1].buttons [224]",
        ),
        (
            with(
                "MARKETING",
                &cards(
                    2,
                    &format!(
                        r#"{PICTURE},{{"type":"BUTTONS","buttons":[{{"type":"CATALOG","text":"View"}}]}}"#
                    ),
                ),
            ),
            "components[1].cards[0].components[1].buttons[0].type [224]",
        ),
        (
            with(
                "MARKETING",
                &cards(2, &format!(r#"{PICTURE},{{"type":"BODY","text":"{}"}}"#, long(161))),
            ),
            "components[1].cards[0].components[1].text",
        ),
        (with("UTILITY", &format!("{BODY},{PICTURE},{offer}")), "category [224]"),
        (
            with(
                "MARKETING",
                &format!(r#"{PICTURE},{{"type":"BODY","text":"{}"}},{offer}"#, long(601)),
            ),
            "components[1].text [224]",
        ),
        (
            with(
                "MARKETING",
                &format!(r#"{BODY},{PICTURE},{offer},{{"type":"FOOTER","text":"Bakery Nord"}}"#),
            ),
            "components [224]",
        ),
        (
            with(
                "MARKETING",
                &format!(r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"Bread"}},{offer}"#),
            ),
            "components[1].format [224]",
        ),
        (
            with(
                "MARKETING",
                &format!(
                    r#"{BODY},{{"type":"CAROUSEL","cards":[{{"components":[{PICTURE},{one}]}},{{"components":[{PICTURE},{two}]}}]}}"#
                ),
            ),
            "components[1].cards[1].components[1].buttons [224]",
        ),
        (with("UTILITY", PICTURE), "components [224]"),
        (r#"{"name":"a","language":"en","category":"UTILITY"}"#.to_owned(), ""),
        (with("ALCHEMY", BODY), "category"),
        (with("UTILITY", &format!(r#"{BODY},{{"type":"HOLOGRAM"}}"#)), "components[1].type [224]"),
    ]);
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
