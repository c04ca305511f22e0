//! Messages against the definitions of their templates: a table of cases, run through every door.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{fs, path::Path, sync::Arc};

use serde_json::{Value, json};
use wa_message_dsl::{Templates, analyse_with};
use wa_message_rules::{Report, Violation, definition::Definitions, json::Document};
use wa_message_spec::templates::DEMANDS;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))
}

fn definitions() -> Definitions {
    let mut definitions = Definitions::new(&DEMANDS);
    let files = fs::read_dir(folder().join("definitions")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        definitions.add(&name, &fs::read_to_string(&file).unwrap());
    }
    let faults: Vec<_> = definitions.all_faults().iter().map(ToString::to_string).collect();
    // One of them is there for its button.
    let unknown =
        "remind.json:34:13: the definition of `remind`: the button `REMINDER` is not known here";
    assert_eq!(faults, [unknown]);
    definitions
}

/// A case of the table: a template that a message is made from, and what is wrong with it.
struct Case {
    name: String,
    rule: u16,
    message: Value,
    errors: Vec<Found>,
    advice: Vec<Found>,
}

type Found = (u16, String, String);

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(folder().join("cases/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let found = |value: &Value| {
        let all = value.as_array().map_or(&[][..], Vec::as_slice);
        let text = |found: &Value, name: &str| found[name].as_str().unwrap().to_owned();
        let number = |found: &Value| u16::try_from(found["rule"].as_u64().unwrap()).unwrap();
        all.iter().map(|found| (number(found), text(found, "path"), text(found, "says"))).collect()
    };
    let case = |case: &Value| {
        let mut message =
            json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": "template" });
        message["template"] = case["template"].clone();
        for (name, value) in case["message"].as_object().into_iter().flatten() {
            if value.is_null() {
                message.as_object_mut().unwrap().remove(name);
            } else {
                message[name] = value.clone();
            }
        }
        Case {
            name: case["case"].as_str().unwrap().to_owned(),
            rule: u16::try_from(case["rule"].as_u64().unwrap()).unwrap(),
            message,
            errors: found(&case["errors"]),
            advice: found(&case["advice"]),
        }
    };
    cases.iter().map(case).collect()
}

fn found<N>(report: Report<N>) -> Vec<Found> {
    let found = |violation: Violation<N>| {
        let number = violation.number.unwrap_or_default();
        (number, violation.path.as_str().to_owned(), violation.problem.to_string())
    };
    report.violations.into_iter().map(found).collect()
}

#[test]
fn every_case_is_judged_as_the_table_says() {
    let definitions = definitions();
    let mut wrong = Vec::new();
    for case in cases() {
        let message = Document::new(&case.message.to_string()).unwrap();
        let errors = found(definitions.check(message.root()));
        let advice = found(definitions.advise(message.root()));
        if errors != case.errors || advice != case.advice {
            let Case { name, .. } = case;
            wrong.push(format!("{name}:\n  errors {errors:#?}\n  advice {advice:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The macro reads the same documents as tokens.
#[test]
fn the_macro_judges_every_case_alike() {
    let templates = Arc::new(Templates::of(definitions()));
    for case in cases() {
        let analysis = analyse_with(format!("[wa] {}", case.message).parse().unwrap(), &templates);
        let found = analysis.violations().iter().map(|found| {
            (found.number.unwrap_or_default(), found.path.clone(), found.problem.to_string())
        });
        assert_eq!(found.collect::<Vec<_>>(), case.errors, "{}", case.name);
        let said = analysis.diagnostics().iter().map(|said| said.message.clone());
        let wanted = case.errors.iter().map(|(.., says)| says.clone());
        assert_eq!(said.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{}", case.name);
        let advice: Vec<_> = analysis.advice().into_iter().map(|said| said.message).collect();
        if case.errors.is_empty() {
            for (.., says) in &case.advice {
                assert!(advice.contains(says), "{}: {advice:?}", case.name);
            }
        }
    }
}

/// Each rule has at least two cases that keep it and two that break it, as errors or advice.
#[test]
fn every_rule_is_tried() {
    let cases = cases();
    for rule in 1..=22 {
        let of_rule = || cases.iter().filter(|case| case.rule == rule);
        let is_valid = |case: &&Case| case.errors.is_empty() && case.advice.is_empty();
        let valid = of_rule().filter(is_valid).count();
        let invalid = of_rule().count() - valid;
        // What breaks the last rule is said without definitions too: it is rule 57 of messages.
        let least = if rule == 22 { 0 } else { 2 };
        assert!(valid >= 2 && invalid >= least, "T{rule}: {valid} valid, {invalid} invalid");
    }
}

/// What is wrong with a file is said with its line and column, and of the template that it concerns.
#[test]
fn faults_are_said_at_the_file() {
    let of = |text: &str| {
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add("t.json", text);
        let faults = definitions.all_faults().into_iter();
        faults
            .map(|fault| (fault.to_string(), fault.name().is_some(), fault.hinders()))
            .collect::<Vec<_>>()
    };
    let is = |text: &str, says: &str, is_of_one: bool, hinders: bool| {
        assert_eq!(of(text), [(says.to_owned(), is_of_one, hinders)], "{text}");
    };
    is("", "t.json:1:1: it is not JSON: it ends where a value is expected", false, true);
    is(
        "{\"data\": [",
        "t.json:1:11: it is not JSON: it ends where a value is expected",
        false,
        true,
    );
    is("17", "t.json:1:1: it holds no definitions: neither a list of them nor one", false, true);
    let needs = "this is no definition of a template: it needs `name` and `language`";
    is("{}", &format!("t.json:1:1: {needs}"), false, true);
    is("[\n  {\"name\": \"a\"}\n]", &format!("t.json:2:3: {needs}"), false, true);
    let one = |inside: &str| format!("{{\"name\": \"a\", \"language\": \"en\"{inside}}}");
    let components = |inside: &str| one(&format!(",\n\"components\": [{inside}]"));
    is(&one(""), "t.json:1:1: the definition of `a`: it has no `components`", true, true);
    is(
        &one(", \"components\": 1"),
        "t.json:1:47: the definition of `a`: `components` is no array",
        true,
        true,
    );
    is(
        &components("{\"type\": \"STARS\"}"),
        "t.json:2:16: the definition of `a`: the component `STARS` is not known here",
        true,
        false,
    );
    is(
        &components("{\"type\": \"BUTTONS\", \"buttons\": [{\"type\": \"SING\"}]}"),
        "t.json:2:48: the definition of `a`: the button `SING` is not known here",
        true,
        false,
    );
    is(
        &components("{\"type\": \"BODY\", \"text\": \"{{1}} and {{3}}.\"}"),
        "t.json:1:1: the definition of `a`: the numbers of its variables leave out 2",
        true,
        false,
    );
    is(
        &components(
            "{\"type\": \"BODY\", \"text\": \"Hi {{1}}.\", \"example\": {\"body_text\": [[\"a\", \"b\"]]}}",
        ),
        "t.json:2:16: the definition of `a`: its text has 1 variable, and its sample 2 values",
        true,
        false,
    );
    let page = "{\"data\": [], \"paging\": {\"next\": \"https://example.org/?after=x\"}}";
    let more =
        "t.json:1:33: the list goes on behind this page, so some templates may be missing here";
    is(page, more, false, false);
    let body = "{\"type\": \"BODY\", \"text\": \"a\"}";
    is(
        &format!("[{},\n{}]", components(body), components(body)),
        "t.json:3:1: the definition of `a`: it is there twice in `en`; the first is in `t.json`",
        true,
        true,
    );
    assert_eq!(of(&components(body)), []);
}

/// All shapes in which definitions lie in repositories, in any case.
#[test]
fn definitions_are_read_in_every_shape() {
    let one = |name: &str| {
        json!({ "name": name, "language": "en-US", "Unknown": [1], "components": [
            { "type": "body", "text": "Hi {{ 1 }}", "example": { "body_text": "Ada" } },
            { "type": "Footer", "text": "Bakery Nord" },
        ] })
    };
    let shapes = [
        one("a"),
        json!([one("a"), one("b")]),
        json!({ "data": [one("a")], "paging": { "cursors": {} } }),
    ];
    for shape in shapes {
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add("t.json", &shape.to_string());
        assert_eq!(definitions.all_faults().len(), 0, "{shape}");
        let definition = definitions.get("a", "en_US").unwrap();
        assert_eq!(definition.layout().body().unwrap().names().collect::<Vec<_>>(), ["1"]);
        assert_eq!(definition.layout().footer(), Some("Bakery Nord"));
        assert!(!definition.is_named());
    }
}

/// A faulty definition is in the way of its own messages alone, and they are not judged by what it does not tell.
#[test]
fn a_fault_is_in_the_way_of_what_it_concerns_alone() {
    let mut definitions = Definitions::new(&DEMANDS);
    definitions.add("good.json", "{\"name\": \"good\", \"language\": \"en\", \"components\": [{\"type\": \"BODY\", \"text\": \"{{1}}.\"}]}");
    definitions.add("bad.json", "{\"name\": \"bad\", \"language\": \"en\", \"components\": 17}");
    let says = |definitions: &Definitions, name: &str| {
        let template = json!({ "template": { "name": name, "language": { "code": "en" } } });
        let document = Document::new(&template.to_string()).unwrap();
        found(definitions.check(document.root()))
            .into_iter()
            .map(|(rule, ..)| rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(says(&definitions, "good"), [206]);
    assert_eq!(says(&definitions, "bad"), [0; 0]);
    assert_eq!(says(&definitions, "none"), [201]);
    assert_eq!(definitions.hindrances("bad").count(), 1);
    assert_eq!(definitions.hindrances("good").count(), 0);
    // What a file holds that cannot be read is not known.
    definitions.add("broken.json", "{");
    assert_eq!(says(&definitions, "none"), [0; 0]);
    assert_eq!(definitions.hindrances("none").count(), 1);
    assert_eq!(definitions.hindrances("good").count(), 0);
}

/// A message that breaks nothing of the endpoint, so that each door finds what the table says and nothing else.
#[test]
fn every_case_is_a_message() {
    for case in cases() {
        let message = wa_message::Message::try_from(&case.message);
        assert!(message.is_ok(), "{}: {}", case.name, message.unwrap_err());
    }
}

/// What somebody sends, or defines, may be large: each thing is looked at once, and little is said of each.
#[test]
fn large_definitions_and_messages_take_no_longer_than_they_are_long() {
    let one = |name: &str, language: &str, components: &Value| json!({ "name": name, "language": language, "components": components });
    let body = json!({ "type": "BODY", "text": "Hi." });
    let check = |definitions: &Definitions, name: &str, components: &Value| {
        let template =
            json!({ "name": name, "language": { "code": "en" }, "components": components });
        let document = Document::new(&json!({ "template": template }).to_string()).unwrap();
        let report = definitions.check(document.root());
        let said = |violation: &Violation<_>| {
            let problem: &wa_message_rules::Problem = &violation.problem;
            let note = problem.note().unwrap_or_default() + &problem.help().unwrap_or_default();
            problem.to_string().len() + note.len()
        };
        assert!(report.violations.iter().all(|violation| said(violation) < 2_000));
        report.count
    };
    let add = |all: &Value| {
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add("t.json", &all.to_string());
        definitions
    };

    let many = 5_000;
    let url = json!({ "type": "URL", "text": "See", "url": "https://example.org/{{1}}" });
    let buttons = json!({ "type": "BUTTONS", "buttons": vec![url; many] });
    let definitions = add(&one("buttons", "en", &json!([body, buttons])));
    assert_eq!(check(&definitions, "buttons", &json!([])), many);
    let reply = |index: usize| json!({ "type": "button", "sub_type": "quick_reply", "index": index.to_string() });
    let replies: Vec<_> = (0..many).map(reply).collect();
    assert_eq!(check(&definitions, "buttons", &json!(replies)), many);

    let few = 2_000;
    let text: String = (0..few).map(|number| format!("{{{{v{number}}}}}")).collect();
    let definitions = add(&one("names", "en", &json!([{ "type": "BODY", "text": text }])));
    let values = |letter: &str| {
        let value = |number: usize| json!({ "type": "text", "parameter_name": format!("{letter}{number}"), "text": "a" });
        json!([{ "type": "body", "parameters": (0..few).map(value).collect::<Vec<_>>() }])
    };
    // They are far too long, and there is nothing else wrong with them.
    assert_eq!(check(&definitions, "names", &values("v")), 1);
    assert_eq!(check(&definitions, "names", &values("wrong")), few);
    assert_eq!(check(&definitions, "names", &json!([])), 1);

    let languages = (0..many).map(|number| one("hello", &format!("l{number}"), &json!([body])));
    let definitions = add(&languages.collect::<Vec<_>>().into());
    assert_eq!(check(&definitions, "hello", &json!([])), 1);

    for braces in ["{{", "{{x ", "{{{{x}", "}}"] {
        let text = braces.repeat(50_000);
        let definitions = add(&one("braces", "en", &json!([{ "type": "BODY", "text": text }])));
        assert_eq!(
            definitions.get("braces", "en").unwrap().layout().body().unwrap().names().count(),
            0
        );
    }
}
