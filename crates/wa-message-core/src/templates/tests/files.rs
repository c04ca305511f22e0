//! The normal form, and differences.
#![allow(clippy::unwrap_used)]

use super::super::*;

/// Pages as the API answers them, with what changes by itself.
const PAGE: &str = r#"{"data":[
 {"name":"z_last","parameter_format":"POSITIONAL","components":[
   {"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Rate","flow_id":1254213574875421,"flow_action":"NAVIGATE"}]},
   {"text":"Grüße 🍞 {{1}}\n\"now\" \\ \u00e9","type":"BODY","example":{"body_text":[["Ada"]]}},
   {"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://cdn.example.org/a?oe=6A"]}},
   {"type":"NEWS","more":[[],{},null]}],
  "language":"en-US","status":"APPROVED","category":"UTILITY","is_primary_device_delivery_only":false,
  "quality_score":{"score":"GREEN","date":1},"id":"7"},
 {"id":"9","name":"a_first","language":"en","components":[{"type":"BODY","text":"A"}],"status":"PENDING"},
 {"id":"8","name":"a_first","language":"de","components":[{"type":"BODY","text":"A","add_security_recommendation":true}]}
],"paging":{"cursors":{"before":"x","after":"y"}}}"#;

fn read(text: &str) -> Templates {
    Templates::from_json(text).unwrap()
}

fn one(components: &str) -> Templates {
    read(&format!(r#"{{"name":"t","language":"de","components":{components}}}"#))
}

fn body(text: &str) -> Templates {
    one(&format!(r#"[{{"type":"BODY","text":"{text}"}}]"#))
}

fn lines(before: &Templates, now: &Templates) -> Vec<String> {
    let diff = diff(before, now);
    diff.changes().iter().map(|change| change.to_string().replace("`t` (de): ", "")).collect()
}

#[test]
fn the_normal_form_is_sorted_and_has_nothing_that_changes_by_itself() {
    let files = normal::files(&read(PAGE));
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap()).collect();
    assert_eq!(names, ["a_first.json", "z_last.json"]);
    let first = files[0].text();
    assert!(first.find("\"de\"").unwrap() < first.find("\"en\"").unwrap());
    assert!(first.contains("\"add_security_recommendation\": true"));
    let last = files[1].text();
    assert_eq!(
        last,
        r#"{
  "data": [
    {
      "name": "z_last",
      "language": "en_US",
      "status": "APPROVED",
      "category": "UTILITY",
      "parameter_format": "POSITIONAL",
      "components": [
        {
          "type": "HEADER",
          "format": "IMAGE"
        },
        {
          "type": "BODY",
          "text": "Grüße 🍞 {{1}}\n\"now\" \\ é",
          "example": {
            "body_text": [
              [
                "Ada"
              ]
            ]
          }
        },
        {
          "type": "BUTTONS",
          "buttons": [
            {
              "type": "FLOW",
              "text": "Rate",
              "flow_action": "NAVIGATE",
              "flow_id": 1254213574875421
            }
          ]
        },
        {
          "type": "NEWS",
          "more": [
            [],
            {},
            null
          ]
        }
      ]
    }
  ]
}
"#
    );
}

/// Read again it is the same, byte for byte, and differs in nothing.
#[test]
fn the_normal_form_is_stable() {
    let templates = read(PAGE);
    let page = normal::page(&templates);
    let again = read(&page);
    assert_eq!(normal::page(&again), page);
    assert_eq!(normal::files(&again), normal::files(&templates));
    assert!(diff(&templates, &again).is_empty(), "{}", diff(&templates, &again));
    assert_eq!(diff(&templates, &again).summary(), "no difference");
    let joined: Vec<_> =
        normal::files(&templates).iter().map(|file| file.text().to_owned()).collect();
    let files: Vec<_> = joined.iter().map(|text| ("f", text.as_str())).collect();
    assert!(diff(&Templates::embedded(&files), &templates).is_empty());
    assert_eq!(normal::page(&read("[]")), "{\n  \"data\": []\n}\n");
    // Lines that end in another way, and members in another order, are nothing.
    assert!(diff(&read(&page.replace('\n', "\r\n")), &templates).is_empty());
}

#[test]
fn no_name_leads_out_of_a_folder() {
    for name in ["..", "a/b", "a\\\\b", "/etc", "A", "a.b", "ü", "a b", "C:", "a\\u0000"] {
        let text = format!(r#"{{"name":"{name}","language":"de","components":[]}}"#);
        let files = normal::files(&read(&text));
        assert_eq!((files.len(), files[0].file_name()), (1, None), "{name}");
    }
}

#[test]
fn a_difference_says_what_it_means_for_messages() {
    let before = body("Hi {{1}} and {{2}}");
    assert_eq!(
        lines(&before, &body("Hi {{1}} and {{2}} and {{3}}")),
        ["the body takes 3 variables, before 2", "the body has other words"]
    );
    assert_eq!(lines(&before, &body("Hi {{1}}, and {{2}}")), ["the body has other words"]);
    assert_eq!(
        lines(&body("{{a}} {{b}}"), &body("{{c}} {{b}}")),
        ["the body takes `c`, and no longer `a`", "the body has other words"]
    );
    assert_eq!(
        lines(&before, &body("Hi {{a}} and {{b}}"))[0],
        "the variables have names, before numbers"
    );
    let buttons = |buttons: &str| {
        one(&format!(
            r#"[{{"type":"BODY","text":"B"}},{{"type":"BUTTONS","buttons":[{buttons}]}}]"#
        ))
    };
    let (reply, fixed, open) = (
        r#"{"type":"QUICK_REPLY","text":"Yes"}"#,
        r#"{"type":"URL","text":"Go","url":"https://example.org"}"#,
        r#"{"type":"URL","text":"Go","url":"https://example.org/{{1}}"}"#,
    );
    for (was, is, says) in [
        (
            reply.to_owned(),
            format!("{reply},{open}"),
            "button 1 is new, a url button, and needs a value",
        ),
        (format!("{reply},{fixed}"), reply.to_owned(), "button 1 is gone"),
        (fixed.to_owned(), open.to_owned(), "button 0 needs a value, before it took none"),
        (
            reply.to_owned(),
            fixed.to_owned(),
            "button 0 is a url button and takes no value, before a quick reply",
        ),
        (open.to_owned(), open.replace("org/", "com/"), "button 0 has other words"),
    ] {
        assert_eq!(lines(&buttons(&was), &buttons(&is)), [says]);
    }
    let header = |format: &str| {
        one(&format!(r#"[{{"type":"HEADER","format":"{format}"}},{{"type":"BODY","text":"B"}}]"#))
    };
    assert_eq!(
        lines(&header("IMAGE"), &header("VIDEO")),
        ["the header is a video, before an image"]
    );
    assert_eq!(
        lines(&body("B"), &header("IMAGE")),
        ["the header is an image and needs a value, before none"]
    );
    assert_eq!(lines(&header("IMAGE"), &body("B")), ["the header takes no value, before an image"]);
}

#[test]
fn cards_and_components_are_compared() {
    let card = |text: &str| {
        format!(
            r#"{{"components":[{{"type":"HEADER","format":"IMAGE"}},{{"type":"BODY","text":"{text}"}}]}}"#
        )
    };
    let cards = |cards: &[&str]| {
        let cards: Vec<_> = cards.iter().map(|text| card(text)).collect();
        one(&format!(
            r#"[{{"type":"BODY","text":"B"}},{{"type":"CAROUSEL","cards":[{}]}}]"#,
            cards.join(",")
        ))
    };
    assert_eq!(
        lines(&cards(&["a", "b {{1}}"]), &cards(&["a", "b", "c"])),
        [
            "it takes 3 cards, before 2",
            "the body of card 1 takes no variable, before 1",
            "the body of card 1 has other words"
        ]
    );
    assert_eq!(lines(&cards(&["a", "b"]), &body("B")), ["it takes no cards, before 2"]);
    let offer = |ends: bool| {
        one(&format!(
            r#"[{{"type":"BODY","text":"B"}},{{"type":"LIMITED_TIME_OFFER","limited_time_offer":{{"text":"T","has_expiration":{ends}}}}}]"#
        ))
    };
    assert_eq!(
        lines(&offer(false), &offer(true)),
        ["the end of the offer is needed, before it could be left out"]
    );
    assert_eq!(
        lines(&body("B"), &offer(true)),
        ["the end of the offer is needed, before it was not taken"]
    );
}

/// Each member is looked at once.
#[test]
fn definitions_with_many_members_are_compared() {
    let of = |last: &str| {
        let members: Vec<_> =
            (0..20_000).map(|number| format!(r#""m{number}":{number},"#)).collect();
        let members = members.concat();
        read(&format!(r#"{{{members}"m7":{last},"name":"a","language":"de","components":[]}}"#))
    };
    assert!(diff(&of("7"), &of("7")).is_empty());
    assert_eq!(diff(&of("7"), &of("8")).changes().len(), 1);
}

#[test]
fn classes_are_kept_apart() {
    let of = |members: &str, text: &str| {
        read(&format!(
            r#"{{"name":"t","language":"de",{members},"components":[{{"type":"BODY","text":"{text}"}}]}}"#
        ))
    };
    let before =
        of(r#""status":"APPROVED","category":"UTILITY","quality_score":{"score":"GREEN"}"#, "B");
    for (members, class, says) in [
        (
            r#""status":"PAUSED","category":"UTILITY""#,
            ChangeClass::Status,
            "the state is `PAUSED`, before `APPROVED`",
        ),
        (
            r#""status":"APPROVED","category":"MARKETING""#,
            ChangeClass::Category,
            "the category is `MARKETING`, before `UTILITY`",
        ),
        (
            r#""status":"APPROVED","category":"UTILITY","quality_score":{"score":"RED"}"#,
            ChangeClass::Quality,
            "the quality is another one",
        ),
        (
            r#""status":"APPROVED","category":"UTILITY","message_send_ttl_seconds":60"#,
            ChangeClass::Other,
            "`message_send_ttl_seconds` is another one",
        ),
    ] {
        let now = of(members, "B");
        let diff = diff(&before, &now);
        assert_eq!((diff.count(class), diff.breaks_messages()), (1, false), "{diff}");
        assert_eq!(lines(&before, &now), [says]);
    }
    // Files and answers write them in any case.
    let lower = of(r#""status":"approved","category":"utility""#, "B");
    assert_eq!(diff(&before, &lower).count(ChangeClass::Status), 0);
    assert_eq!(diff(&before, &lower).count(ChangeClass::Category), 0);
    let gone = diff(
        &read(PAGE),
        &read(
            r#"[{"name":"a_first","language":"en","components":[{"type":"BODY","text":"A"}],"status":"PENDING"},{"name":"new","language":"de","components":[]}]"#,
        ),
    );
    assert_eq!(
        gone.to_string(),
        "`a_first` (de): the language is gone\n`new`: the template is new\n`z_last`: the template is gone"
    );
    assert_eq!(gone.summary(), "2 of shape, 1 of something new");
    assert!(gone.breaks_messages());
    assert_eq!(
        (gone.changes()[0].template(), gone.changes()[0].in_language()),
        ("a_first", Some("de"))
    );
}

/// Any definition may stand beside any other.
#[test]
fn nothing_that_is_read_makes_it_panic() {
    let odd = [
        "[]",
        "{}",
        "7",
        "null",
        r#"[{"type":"BODY"}]"#,
        r#"[{"type":"BUTTONS","buttons":7}]"#,
        r#"[{"type":"CAROUSEL","cards":[{}]}]"#,
        r#"[{"type":"HEADER","format":"GIF"}]"#,
        r#"[{"type":"BODY","text":"{{1}} {{99}}"}]"#,
        r#"[{"type":"BUTTONS","buttons":[{"type":"NEW"}]}]"#,
    ];
    for before in odd {
        for now in odd {
            let found = diff(&one(before), &one(now));
            assert!(
                found.is_empty() == (before == now) || before != now,
                "{before} {now}: {found}"
            );
            assert_eq!(normal::page(&one(now)), normal::page(&read(&normal::page(&one(now)))));
        }
    }
}
