//! The rule table, run through every door: the macro over tokens, a JSON text, a JSON value, a
//! hand-built object, and an independent judge.
#![allow(missing_docs)]

use std::collections::BTreeSet;

use serde_json::Value;
use wa_message::{
    InvalidMessage, Message, ReadReceipt,
    types::{MessageObject, ReadReceiptObject},
};
use wa_message_tests::{Case, Oracle, cases, examples, invocation, is_inexpressible};

/// What a door made of a body: the paths of the mistakes, or the canonical JSON.
type Verdict = Result<Value, BTreeSet<String>>;

fn expected(case: &Case) -> BTreeSet<String> {
    case.paths.iter().cloned().collect()
}

/// Runs a door over the whole table and lists every case that it gets wrong.
fn run(door: impl Fn(&Case) -> Option<BTreeSet<String>>) {
    run_over(&cases(), door);
}

fn run_over(cases: &[Case], door: impl Fn(&Case) -> Option<BTreeSet<String>>) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases {
        let Some(found) = door(case) else { continue };
        count += 1;
        if found != expected(case) {
            wrong.push(format!("{}\n  expected {:?}\n  found    {found:?}", case.name, case.paths));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 1_000, "only {count} cases were run");
}

fn paths(invalid: &InvalidMessage) -> BTreeSet<String> {
    assert!(!invalid.violations().is_empty(), "{invalid}: {invalid:?}");
    invalid.violations().iter().map(|violation| violation.path().to_owned()).collect()
}

fn from_value(case: &Case) -> Verdict {
    let json = |text: String| serde_json::from_str(&text).unwrap_or_default();
    if case.is_receipt() {
        let receipt = ReadReceipt::try_from(&case.message);
        receipt.map(|receipt| json(receipt.to_json())).map_err(|invalid| paths(&invalid))
    } else {
        let message = Message::try_from(&case.message);
        message.map(|message| json(message.to_json())).map_err(|invalid| paths(&invalid))
    }
}

#[test]
fn json_text() {
    run(|case| {
        let text = case.message.to_string();
        let outcome = if case.is_receipt() {
            text.parse::<ReadReceipt>().map(drop)
        } else {
            text.parse::<Message>().map(drop)
        };
        Some(outcome.err().map(|invalid| paths(&invalid)).unwrap_or_default())
    });
}

#[test]
fn json_value() {
    run(|case| Some(from_value(case).err().unwrap_or_default()));
}

#[test]
fn tokens() {
    let as_the_macro_sees_it = cases().into_iter().map(|case| {
        let paths = case.in_macro.clone();
        Case { paths, ..case }
    });
    run_over(&as_the_macro_sees_it.collect::<Vec<_>>(), |case| {
        let analysis = wa_message_dsl::analyse(invocation(&case.message));
        let found = analysis.violations().iter().map(|finding| finding.path.clone()).collect();
        assert_eq!(analysis.diagnostics().len(), analysis.violations().len(), "{}", case.name);
        Some(found)
    });
}

/// What the types can hold is judged like its JSON.
#[test]
fn hand_built_objects() {
    let verdict = |outcome: Result<(), InvalidMessage>| outcome.map_err(|invalid| paths(&invalid));
    let mut count = 0;
    for case in cases() {
        let value = case.message.clone();
        let (built, read) = if case.is_receipt() {
            let Ok(object) = serde_json::from_value::<ReadReceiptObject>(value) else { continue };
            let value = serde_json::to_value(&object).unwrap_or_default();
            let read = ReadReceipt::try_from(&value).map(drop);
            (ReadReceipt::try_from(object).map(drop), read)
        } else {
            let Ok(object) = serde_json::from_value::<MessageObject>(value) else { continue };
            let value = serde_json::to_value(&object).unwrap_or_default();
            let read = Message::try_from(&value).map(drop);
            (Message::try_from(object).map(drop), read)
        };
        count += 1;
        assert_eq!(verdict(built), verdict(read), "{}", case.name);
    }
    assert!(count > 700, "only {count} bodies fit the types");
}

#[test]
fn every_door_says_the_same_sentences() {
    for case in cases().iter().filter(|case| case.paths == case.in_macro) {
        let text = case.message.to_string();
        let invalid = if case.is_receipt() {
            text.parse::<ReadReceipt>().err()
        } else {
            text.parse::<Message>().err()
        };
        let analysis = wa_message_dsl::analyse(invocation(&case.message));
        let mut tokens: Vec<_> =
            analysis.violations().iter().map(|finding| finding.problem.to_string()).collect();
        let violations = invalid.iter().flat_map(InvalidMessage::violations);
        let mut read: Vec<_> = violations.map(ToString::to_string).collect();
        tokens.sort();
        read.sort();
        assert_eq!(tokens, read, "{}", case.name);
    }
}

/// The numbers of the table are those of the description.
#[test]
fn numbers() {
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| !case.is_receipt()) {
        let Err(invalid) = Message::try_from(&case.message) else { continue };
        let numbers: Vec<_> =
            invalid.violations().iter().map(wa_message::Violation::number).collect();
        if case.rule.is_some() && !numbers.contains(&case.rule) {
            wrong.push(format!("{}: {:?}, not {numbers:?}", case.name, case.rule));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The description, read by somebody else's code, accepts what is written and refuses what is
/// refused, wherever it can.
#[test]
fn oracle() {
    let oracle = Oracle::new();
    let mut wrong = Vec::new();
    for case in cases() {
        if let Ok(canonical) = from_value(&case) {
            if !oracle.accepts(&canonical) {
                wrong.push(format!("{}: the oracle refuses {canonical}", case.name));
            }
        } else {
            let invalid = if case.is_receipt() {
                ReadReceipt::try_from(&case.message).err()
            } else {
                Message::try_from(&case.message).err()
            };
            let violations = invalid.iter().flat_map(InvalidMessage::violations);
            let mut violations = violations.peekable();
            let beyond = violations.peek().is_some()
                && violations.all(|violation| {
                    is_inexpressible(violation.problem(), violation.path(), &case.message)
                });
            if !beyond && oracle.accepts(&case.message) {
                wrong.push(format!("{}: the oracle accepts it", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The generated writer and serde make the same bytes, and both are read back.
#[test]
fn the_writer_writes_what_serde_writes() {
    let mut count = 0;
    for case in cases().iter().filter(|case| case.paths.is_empty()) {
        let (written, by_serde, again) = if case.is_receipt() {
            let Ok(receipt) = ReadReceipt::try_from(&case.message) else { continue };
            let by_serde = serde_json::to_string(&receipt);
            let again = by_serde.as_ref().ok().map(|text| {
                serde_json::from_str(text).is_ok_and(|same: ReadReceipt| same == receipt)
            });
            (receipt.to_json(), by_serde, again)
        } else {
            let Ok(message) = Message::try_from(&case.message) else { continue };
            let by_serde = serde_json::to_string(&message);
            let again = by_serde
                .as_ref()
                .ok()
                .map(|text| serde_json::from_str(text).is_ok_and(|same: Message| same == message));
            (message.to_json(), by_serde, again)
        };
        count += 1;
        assert_eq!(by_serde.ok().as_ref(), Some(&written), "{}", case.name);
        assert_eq!(again, Some(true), "{}", case.name);
    }
    assert!(count > 400, "only {count} cases are valid");
}

/// The examples of the reference page come back as they went in.
#[test]
fn examples_round_trip() {
    let oracle = Oracle::new();
    let examples = examples();
    assert!(examples.len() >= 20);
    for (name, example) in examples {
        let case =
            Case { name, rule: None, paths: Vec::new(), in_macro: Vec::new(), message: example };
        let canonical =
            from_value(&case).unwrap_or_else(|paths| panic!("{}: {paths:?}", case.name));
        let mut expected = case.message.clone();
        if expected.get("type").is_none() && !case.is_receipt() {
            expected["type"] = "text".into();
        }
        assert_eq!(canonical, expected, "{}", case.name);
        assert!(oracle.accepts(&case.message), "{}", case.name);
    }
}
