//! From a message to an invocation and back: the macro's core understands what is written as the same
//! document, and the layout is as the manual describes it.
#![allow(clippy::unwrap_used, missing_docs)]

use std::ptr;

use proc_macro2::TokenStream;
use serde_json::{Map, Number, Value};
use wa_message::{Message, ReadReceipt, to_dsl};
use wa_message_rules::{Node, Value as Seen};
use wa_message_spec::tables::{MESSAGE_OBJECT, READ_RECEIPT_OBJECT};
use wa_message_tests::{Generator, cases, examples, sample};

/// What stands between the delimiters of an invocation.
fn body(invocation: &str) -> &str {
    let rest = invocation.strip_prefix("wa_message!").unwrap();
    let short = rest.strip_prefix(" {").and_then(|rest| rest.strip_suffix('}'));
    short.or_else(|| rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))).unwrap()
}

/// The document that the macro understands.
fn understood(invocation: &str) -> Result<(bool, Value), String> {
    let tokens: TokenStream =
        format!("[wa] {}", body(invocation)).parse().map_err(|error| format!("{error}"))?;
    let analysis = wa_message_dsl::analyse(tokens);
    if !analysis.diagnostics().is_empty() {
        let texts = analysis.diagnostics().iter().map(wa_message_dsl::Diagnostic::text);
        return Err(texts.collect::<Vec<_>>().join("\n"));
    }
    let (root, document) = analysis.document().ok_or("nothing was understood")?;
    let is_receipt = ptr::eq(root, &raw const READ_RECEIPT_OBJECT);
    assert!(is_receipt || ptr::eq(root, &raw const MESSAGE_OBJECT));
    Ok((is_receipt, json(document)))
}

fn json<'a, N: Node<'a>>(node: N) -> Value {
    match node.value() {
        Seen::Null => Value::Null,
        Seen::Boolean(value) => value.into(),
        Seen::Integer(value) => Value::Number(Number::from_i128(value).unwrap()),
        Seen::Number(value) => value.into(),
        Seen::Text(text) => text.into_owned().into(),
        Seen::List(items) => items.into_iter().map(|item| json(item.node)).collect(),
        Seen::Object(members) => {
            let members = members.into_iter().map(|(name, node)| (name.to_owned(), json(node)));
            members.collect::<Map<_, _>>().into()
        }
        Seen::Unknown | Seen::OneOf(_) => panic!("a value is not known"),
    }
}

/// `null` in the place of a member that is filled in otherwise: it is absent.
fn without_positions(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, value| !(value.is_null() && name == "index"));
            for value in members.values_mut() {
                *value = without_positions(value.take());
            }
        }
        Value::Array(items) => {
            for value in items {
                *value = without_positions(value.take());
            }
        }
        _ => {}
    }
    value
}

/// Writes a body, reads it as the macro does, and returns what was written.
fn round_trip(document: &Value) -> Result<String, String> {
    let is_receipt = Message::try_from(document).is_err();
    let (written, canonical) = if is_receipt {
        let receipt = ReadReceipt::try_from(document).map_err(|error| error.to_string())?;
        (receipt.to_dsl(), receipt.to_json())
    } else {
        let message = Message::try_from(document).map_err(|error| error.to_string())?;
        (to_dsl(&message), message.to_json())
    };
    let canonical: Value = serde_json::from_str(&canonical).unwrap();
    match understood(&written) {
        Err(error) => Err(format!("{written}\n{error}")),
        Ok((receipt, found))
            if receipt != is_receipt || without_positions(found.clone()) != canonical =>
        {
            Err(format!("{written}\nis    {found}\nnot {canonical}"))
        }
        Ok(_) => Ok(written),
    }
}

fn is_short(written: &str) -> bool {
    written.starts_with("wa_message! {")
}

#[test]
fn every_example() {
    for (name, document) in examples() {
        let written = round_trip(&document).unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{written}");
        assert!(is_short(&written), "{name}: {written}");
    }
}

#[test]
fn every_valid_case_of_the_rule_table() {
    let valid: Vec<_> = cases().into_iter().filter(|case| case.paths.is_empty()).collect();
    let mut wire = Vec::new();
    for case in &valid {
        let written =
            round_trip(&case.message).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        if !is_short(&written) {
            wire.push(&case.name);
        }
    }
    println!("{} bodies, of which {} only in the wire form: {wire:?}", valid.len(), wire.len());
    assert!(valid.len() > 500, "only {} cases", valid.len());
    assert!(wire.len() * 50 < valid.len(), "{wire:?}");
}

#[test]
fn documents_made_by_chance() {
    let mut generator = Generator::default();
    let (mut count, mut wire) = (0, 0);
    for index in 0..4_000 {
        let document = sample(&mut generator, 11, index).document;
        if Message::try_from(&document).is_err() && ReadReceipt::try_from(&document).is_err() {
            continue;
        }
        let written =
            round_trip(&document).unwrap_or_else(|error| panic!("document {index}: {error}"));
        count += 1;
        wire += usize::from(!is_short(&written));
    }
    println!("{count} documents, of which {wire} only in the wire form");
    assert!(count > 500, "only {count} documents were valid");
}
