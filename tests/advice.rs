//! Advice: what is valid, and hardly works as it was meant.
#![allow(missing_docs)]

use std::collections::BTreeSet;

use wa_message::{Lint, Message};
use wa_message_tests::{advised, cases};

#[test]
fn advice_points_where_it_should() {
    let mut wrong = Vec::new();
    let advised = advised();
    for case in &advised {
        let message = match Message::try_from(&case.message) {
            Ok(message) => message,
            Err(invalid) => {
                wrong.push(format!("{}: {invalid}", case.name));
                continue;
            }
        };
        // What the message does not know of how it was written stands in the JSON.
        let lints = Message::lint_value(&case.message).unwrap_or_default();
        let by_message = message.lints();
        let is_written = |lint: &&Lint| !by_message.contains(lint);
        if lints.iter().filter(is_written).any(|lint| lint.number().is_some()) {
            wrong.push(format!("{}: {lints:?}, and {by_message:?}", case.name));
        }
        let again = Message::lint_json(&case.message.to_string());
        assert_eq!(again.ok().as_ref(), Some(&lints), "{}", case.name);
        let found: BTreeSet<_> = lints.iter().map(|lint| lint.path().to_owned()).collect();
        let expected: BTreeSet<_> = case.paths.iter().cloned().collect();
        let numbered = case.paths.is_empty() || lints.iter().any(|lint| lint.number() == case.rule);
        if found != expected || !numbered {
            wrong.push(format!(
                "{} ({:?}): expected {expected:?}, found {lints:?}",
                case.name, case.rule
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), advised.len(), wrong.join("\n"));
    assert!(advised.len() > 100);
}

/// Advice is asked for on valid messages of all sorts without a panic, and each has words.
#[test]
fn advice_has_words() {
    for case in cases().iter().filter(|case| case.paths.is_empty() && !case.is_receipt()) {
        let Ok(message) = Message::try_from(&case.message) else { continue };
        for lint in message.lints() {
            assert!(lint.to_string().len() > 10, "{}: {lint:?}", case.name);
        }
    }
}
