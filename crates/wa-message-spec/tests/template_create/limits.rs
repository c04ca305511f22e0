//! The limits of each component.

use crate::*;

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
