//! Limits over several parts of a template: the order of buttons, the likeness of cards, samples, and the time to live.

use super::*;

/// How long a message is tried has limits of its own for each purpose.
#[test]
fn a_message_is_tried_as_long_as_its_purpose_allows() {
    let tried = |category: &str, seconds: i64| {
        let json = with(category, BODY);
        json.replacen('{', &format!("{{\"message_send_ttl_seconds\":{seconds},"), 1)
    };
    for (category, least, most) in [
        ("AUTHENTICATION", 30, 900),
        ("utility", 30, 43_200),
        ("MARKETING", 43_200, 2_592_000),
        ("FREE_SERVICE", -1, 2_592_000),
    ] {
        for seconds in [least, most] {
            assert_eq!(wrong(&tried(category, seconds)), Vec::<String>::new(), "{category}");
        }
        for seconds in [least - 1, most + 1] {
            let found = wrong(&tried(category, seconds));
            let is_it = |line: &String| line.starts_with("message_send_ttl_seconds");
            assert!(found.iter().any(is_it), "{category} {seconds}: {found:?}");
        }
    }
    // `-1` leaves it to the API, but for advertising.
    assert_eq!(wrong(&tried("AUTHENTICATION", -1)), Vec::<String>::new());
    assert_eq!(wrong(&tried("UTILITY", -1)), Vec::<String>::new());
    assert_eq!(
        wrong(&tried("MARKETING", -1)),
        [
            "message_send_ttl_seconds [224]: a message that advertises is tried for 43200 to 2592000 seconds"
        ]
    );
    let edit = |json: &str| check(&TEMPLATE_EDIT, &[], Document::new(json).unwrap().root()).count;
    assert_eq!(edit(r#"{"category":"UTILITY","message_send_ttl_seconds":43201}"#), 1);
    assert_eq!(edit(r#"{"category":"UTILITY","message_send_ttl_seconds":43200}"#), 0);
    assert_eq!(edit(r#"{"message_send_ttl_seconds":43201}"#), 0);
}

#[test]
fn quick_replies_stand_together() {
    let reply = r#"{"type":"QUICK_REPLY","text":"More"}"#;
    let lower = r#"{"type":"quick_reply","text":"More"}"#;
    let (address, found) = (url("a"), |all: &[&str]| wrong(&with("MARKETING", &buttons(all))));
    for together in [
        &[reply, lower, &address, PHONE][..],
        &[&address, PHONE, reply, reply],
        &[&address, reply, reply, PHONE],
        &[reply],
        &[&address],
    ] {
        assert_eq!(found(together), Vec::<String>::new(), "{together:?}");
    }
    assert_eq!(
        found(&[reply, &address, lower, PHONE]),
        ["components[1].buttons[2] [224]: quick replies stand together"]
    );
    assert_eq!(found(&[reply, &address, PHONE, reply, reply]).len(), 1);
}

#[test]
fn cards_are_alike() {
    let of =
        |buttons: &[&str]| format!(r#",{{"type":"BUTTONS","buttons":[{}]}}"#, buttons.join(","));
    let (bare, text) = (String::new(), r#",{"type":"BODY","text":"Rye"}"#.to_owned());
    let found = |cards: &[&String]| {
        let card = |more: &&String| format!(r#"{{"components":[{PICTURE}{more}]}}"#);
        let cards: Vec<_> = cards.iter().map(card).collect();
        let cards = cards.join(",");
        wrong(&with("MARKETING", &format!(r#"{BODY},{{"type":"CAROUSEL","cards":[{cards}]}}"#)))
    };
    let reply = r#"{"type":"QUICK_REPLY","text":"More"}"#;
    let (one, same) = (of(&[reply, PHONE]), of(&[PHONE, &reply.to_lowercase()]));
    let (other, fewer) = (of(&[reply, &url("a")]), of(&[reply]));
    for alike in [[&bare, &bare], [&text, &text], [&one, &one], [&one, &same]] {
        assert_eq!(found(&alike), Vec::<String>::new(), "{alike:?}");
    }
    let buttons = "components[1].cards[2].components[1].buttons [224]: all cards have buttons of the same types";
    for different in [&other, &fewer] {
        assert_eq!(found(&[&one, &one, different]), [buttons], "{different}");
    }
    let parts = "components[1].cards[1].components [224]: all cards have the same parts: \
                 where one has a text or buttons, each has";
    assert_eq!(found(&[&one, &bare]), [parts]);
    assert_eq!(found(&[&bare, &text, &bare]), [parts]);
    assert_eq!(found(&[&text, &bare]), [parts]);
}

#[test]
fn each_variable_has_a_sample() {
    let body = |text: &str, example: &str| {
        let format = if text.contains("{{a}}") { "NAMED" } else { "POSITIONAL" };
        let body = format!(r#"{{"type":"BODY","text":"{text}","example":{example}}}"#);
        let json = with("UTILITY", &body);
        wrong(&json.replacen('{', &format!(r#"{{"parameter_format":"{format}","#), 1))
    };
    let named = |names: &[&str]| {
        let sample = |name: &&str| format!(r#"{{"param_name":"{name}","example":"x"}}"#);
        let samples: Vec<_> = names.iter().map(sample).collect();
        format!(r#"{{"body_text_named_params":[{}]}}"#, samples.join(","))
    };
    let (two, both) = ("Hi {{1}}, {{2}} waits.", "Hi {{a}}, {{b}} waits.");
    for (text, example) in [
        ("Hi {{1}} there.", r#"{"body_text":"Ada"}"#),
        ("Hi {{1}} there.", r#"{"body_text":["Ada"]}"#),
        ("Hi {{1}} and {{1}} there.", r#"{"body_text":[["Ada"]]}"#),
        (two, r#"{"body_text":[["Ada","17"]]}"#),
        (two, r#"{"body_text":["Ada","17"]}"#),
        (both, &named(&["b", "a"])),
    ] {
        assert_eq!(body(text, example), Vec::<String>::new(), "{text} {example}");
    }
    let line = "components[0].text [224]: each variable needs a sample, and nothing else has one";
    for (text, example) in [
        (two, r#"{"body_text":[["Ada"]]}"#),
        (two, r#"{"body_text":[["Ada","17","x"]]}"#),
        (two, r#"{"body_text":"Ada"}"#),
        (two, r#"{"body_text":[]}"#),
        (two, r#"{"header_text":["Ada","17"]}"#),
        (both, &named(&["a"])),
        (both, &named(&["a", "c"])),
        (both, &named(&["a", "b", "c"])),
    ] {
        assert_eq!(body(text, example), [line], "{text} {example}");
    }
    let header = |example: &str| {
        let header = format!(
            r#"{BODY},{{"type":"HEADER","format":"TEXT","text":"For {{{{1}}}}","example":{example}}}"#
        );
        wrong(&with("UTILITY", &header))
    };
    assert_eq!(header(r#"{"header_text":["17"]}"#), Vec::<String>::new());
    let file = header(r#"{"header_handle":["4:aGFuZGxl"]}"#);
    assert_eq!(file, [line.replace("[0]", "[1]")]);
    let card = |samples: &str| {
        let text =
            r#"{"type":"BODY","text":"Rye {{1}} and {{2}}!","example":{"body_text":SAMPLES}}"#;
        let card = format!("{PICTURE},{}", text.replace("SAMPLES", samples));
        wrong(&with("MARKETING", &cards(2, &card))).len()
    };
    assert_eq!((card(r#"[["a","b"]]"#), card(r#"[["a"]]"#)), (0, 2));
}
