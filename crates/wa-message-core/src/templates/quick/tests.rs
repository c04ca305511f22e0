//! The short road takes nothing that the rules refuse, and most of what they take.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use crate::{Message, Templates};

const DEFINITIONS: &str = r#"[
 {"name":"plain","language":"de","components":[{"type":"BODY","text":"Hallo"}]},
 {"name":"two","language":"de","components":[{"type":"HEADER","format":"TEXT","text":"Nr {{1}}"},{"type":"BODY","text":"{{1}}, {{2}} {{1}}"},
   {"type":"BUTTONS","buttons":[{"type":"PHONE_NUMBER","text":"C","phone_number":"+15550100"},{"type":"URL","text":"T","url":"https://e.org/{{1}}"},{"type":"QUICK_REPLY","text":"Y"}]}]},
 {"name":"named","language":"de","status":"APPROVED","components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"{{a}}, {{b}}"},
   {"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":["A"]},{"type":"FLOW","text":"F"}]}]},
 {"name":"code","language":"de","category":"AUTHENTICATION","components":[{"type":"BODY","text":"{{1}} is it."},
   {"type":"BUTTONS","buttons":[{"type":"URL","text":"T","url":"https://e.org/otp{{1}}"}]}]},
 {"name":"long","language":"de","components":[{"type":"BODY","text":"LONG{{1}}"}]},
 {"name":"rejected","language":"de","status":"REJECTED","components":[{"type":"BODY","text":"Hallo"}]},
 {"name":"cards","language":"de","components":[{"type":"BODY","text":"B"},{"type":"CAROUSEL","cards":[{"components":[]}]}]},
 {"name":"order","language":"de","sub_category":"ORDER_STATUS","components":[{"type":"BODY","text":"B"}]},
 {"name":"odd","language":"de","components":[{"type":"BODY","text":"B"},{"type":"BUTTONS","buttons":[{"type":"NEW"}]}]},
 {"name":"bare","language":"de"}]"#;

fn templates() -> Templates {
    Templates::from_json(&DEFINITIONS.replace("LONG", &"x".repeat(1000))).unwrap()
}

fn param(kind: usize, text: &str) -> String {
    match kind {
        0 => format!(r#"{{"type":"text","text":"{text}"}}"#),
        1 => format!(r#"{{"type":"text","parameter_name":"a","text":"{text}"}}"#),
        2 => format!(r#"{{"type":"text","parameter_name":"b","text":"{text}"}}"#),
        3 => r#"{"type":"image","image":{"id":"7"}}"#.to_owned(),
        4 => r#"{"type":"payload","payload":"p"}"#.to_owned(),
        5 => r#"{"type":"coupon_code","coupon_code":"A"}"#.to_owned(),
        _ => {
            r#"{"type":"currency","currency":{"fallback_value":"1","code":"EUR","amount_1000":1}}"#
                .to_owned()
        }
    }
}

/// A component by chance.
fn component(chance: &mut impl FnMut(usize) -> usize) -> String {
    let tag = ["header", "body", "button", "button", "limited_time_offer"][chance(5)];
    let parameters: Vec<_> = (0..chance(4)).map(|_| param(chance(7), "17")).collect();
    let mut component = format!(r#"{{"type":"{tag}""#);
    if tag == "button" {
        let kinds = ["url", "quick_reply", "copy_code", "flow"];
        let _ = write!(component, r#","sub_type":"{}","index":"{}""#, kinds[chance(4)], chance(4));
    }
    if !parameters.is_empty() {
        let _ = write!(component, r#","parameters":[{}]"#, parameters.join(","));
    }
    component + "}"
}

/// The components that fit a template.
fn fitting(name: &str, texts: [&str; 3]) -> Vec<String> {
    let of = |tag: &str, parameters: &[String]| {
        format!(r#"{{"type":"{tag}","parameters":[{}]}}"#, parameters.join(","))
    };
    let button = |kind: &str, index: usize, parameter: usize| {
        let parameter = param(parameter, texts[0]);
        format!(
            r#"{{"type":"button","sub_type":"{kind}","index":"{index}","parameters":[{parameter}]}}"#
        )
    };
    match name {
        "two" => vec![
            of("header", &[param(0, texts[2])]),
            of("body", &[param(0, texts[0]), param(0, texts[1])]),
            button("url", 1, 0),
            button("quick_reply", 2, 4),
        ],
        "named" => vec![
            of("header", &[param(3, "")]),
            of("body", &[param(2, texts[1]), param(1, texts[0])]),
            button("copy_code", 0, 5),
            r#"{"type":"button","sub_type":"flow","index":"1"}"#.to_owned(),
        ],
        "code" => vec![of("body", &[param(0, texts[0])]), button("url", 0, 0)],
        "long" => vec![of("body", &[param(0, texts[2])])],
        _ => Vec::new(),
    }
}

/// A message by chance: mostly one that nearly fits.
fn message(chance: &mut impl FnMut(usize) -> usize) -> String {
    let names = [
        "plain", "two", "named", "code", "long", "rejected", "cards", "order", "odd", "bare",
        "none",
    ];
    let some = if chance(4) == 0 { names.len() } else { 5 };
    let name = names[chance(some)];
    let long = "ä".repeat(chance(30));
    let some = ["17", "18", "q\\\"uote", "Grüße", long.as_str()];
    let texts = [some[chance(5)], some[chance(5)], some[chance(5)]];
    let mut components = Vec::new();
    for fitting in fitting(name, texts) {
        match chance(16) {
            0 => {}
            1 => components.push(component(chance)),
            2 => components.extend([fitting.clone(), fitting]),
            3 => components.insert(0, fitting),
            4 => components.push(fitting.replace(r#""index":"1""#, r#""index":"2""#)),
            5 => components.push(fitting.replace(r#""17""#, r#""18""#)),
            6 => components
                .push(fitting.replace(r#""parameter_name":"a""#, r#""parameter_name":"b""#)),
            7 => components.push(
                fitting.replace(r#","text":"17"}"#, r#","text":"17"},{"type":"text","text":"17"}"#),
            ),
            _ => components.push(fitting),
        }
    }
    if chance(8) == 0 {
        components.push(component(chance));
    }
    let to = [
        "\"to\":\"+15550100\"",
        "\"recipient_type\":\"group\",\"to\":\"Y2FwaV9ncm91cDo\"",
        "\"recipient\":\"US.1\"",
    ];
    let to = if chance(3) == 0 { to[chance(3)] } else { to[0] };
    format!(
        r#"{{"messaging_product":"whatsapp",{to},"type":"template","template":{{"name":"{name}","language":{{"code":"{}"}},"components":[{}]}}}}"#,
        if chance(8) == 0 { "en" } else { "de" },
        components.join(",")
    )
}

#[test]
fn what_is_taken_here_breaks_no_rule() {
    let templates = templates();
    let mut seed = 7_u64;
    let mut chance = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let (mut messages, mut fitting, mut quick) = (0, 0, 0);
    for _ in 0..8_000 {
        let Ok(message) = message(&mut chance).parse::<Message>() else { continue };
        let json = message.to_json();
        let takes = templates.0.plans.fits(&templates.0.definitions, json.as_bytes());
        let refused = templates.by_rules(json.as_bytes());
        assert!(!takes || refused.is_none(), "{json}\n{refused:?}");
        messages += 1;
        fitting += usize::from(refused.is_none());
        quick += usize::from(takes);
    }
    assert!(messages > 2_000 && fitting > 1_000 && quick > 500, "{messages} {fitting} {quick}");
}

/// What is usual goes the short road.
#[test]
fn usual_messages_are_taken() {
    let templates = templates();
    let usual = [
        r#""name":"plain","language":{"code":"de"}"#,
        r#""name":"two","language":{"code":"de"},"components":[{"type":"header","parameters":[{"type":"text","text":"7"}]},
          {"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"ü"}]},
          {"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"7"}]}]"#,
        r#""name":"named","language":{"code":"de"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://e.org/\"a"}}]},
          {"type":"body","parameters":[{"type":"text","parameter_name":"b","text":"a"},{"type":"text","parameter_name":"a","text":"b"}]},
          {"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"A"}]},
          {"type":"button","sub_type":"flow","index":"1"}]"#,
        r#""name":"code","language":{"code":"de"},"components":[{"type":"body","parameters":[{"type":"text","text":"17"}]},
          {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"17"}]}]"#,
    ];
    for template in usual {
        let text = format!(
            r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"template","template":{{{template}}}}}"#
        );
        let message: Message = text.parse().unwrap();
        assert!(
            templates.0.plans.fits(&templates.0.definitions, message.to_json().as_bytes()),
            "{text}"
        );
    }
}

#[test]
fn what_is_cut_or_other_json_is_left_to_the_rules() {
    let whole = br#"{"messaging_product":"whatsapp","template":{"language":{"code":"de"},"name":"plain"},"to":"1","type":"template"}"#;
    let templates = templates();
    let fits = |json: &[u8]| templates.0.plans.fits(&templates.0.definitions, json);
    assert!(fits(whole) && fits(br#"{"a":"template","text":{"template":[1,-2.5e7,{}]}}"#));
    for end in 0..whole.len() {
        assert!(!fits(&whole[..end]));
    }
    for json in
        ["", "[]", "\"", "{\"a\":}", "{\"template\":{}}", "{\"a\":[}]}", "{\"a\":\"\\", " {}"]
    {
        assert!(!fits(json.as_bytes()), "{json}");
    }
}
