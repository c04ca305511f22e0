//! The documents beside the messages.

use serde_json::{Value, json};
use wa_message::{InvalidMessage, Message, ReadReceipt};

/// A message is written as the document, by both writers, and the document is read as the message.
#[track_caller]
pub(crate) fn same(message: &Message, wire: &Value) {
    let written: Value = serde_json::from_str(&message.to_json()).unwrap();
    assert_eq!(written, *wire);
    assert_eq!(serde_json::to_value(message).unwrap(), *wire);
    assert_eq!(Message::try_from(wire).unwrap(), *message);
}

#[track_caller]
pub(crate) fn same_receipt(receipt: &ReadReceipt, wire: &Value) {
    let written: Value = serde_json::from_str(&receipt.to_json()).unwrap();
    assert_eq!(written, *wire);
    assert_eq!(serde_json::to_value(receipt).unwrap(), *wire);
    assert_eq!(ReadReceipt::try_from(wire).unwrap(), *receipt);
}

/// A document with the content of a type.
pub(crate) fn document(kind: &str, content: &Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": kind, kind: content })
}

/// A document with the content of an interactive type.
#[allow(clippy::needless_pass_by_value)] // It reads better at the calls.
pub(crate) fn interactive(content: Value) -> Value {
    document("interactive", &content)
}

/// The same document with one member more.
pub(crate) fn with(mut document: Value, name: &str, value: &str) -> Value {
    document[name] = value.into();
    document
}

/// A pasted document is written as it stands in the file.
#[track_caller]
pub(crate) fn as_in_the_file(written: &str, file: &str) {
    let (written, file): (Value, Value) =
        (serde_json::from_str(written).unwrap(), serde_json::from_str(file).unwrap());
    assert_eq!(written, file);
}

/// A message is written as an example, and the example is read as the message.
#[track_caller]
pub(crate) fn same_as_example(message: &Message, example: &str) {
    let example: Value = serde_json::from_str(example).unwrap();
    let written: Value = serde_json::from_str(&message.to_json()).unwrap();
    assert_eq!(written, example);
    assert_eq!(serde_json::to_value(message).unwrap(), example);
    assert_eq!(Message::try_from(&example).unwrap(), *message);
}

/// The path and the sentence of the only violation.
pub(crate) fn first(invalid: Result<Message, InvalidMessage>) -> (String, String) {
    let invalid = invalid.unwrap_err();
    let [violation] = invalid.violations() else { panic!("{invalid}") };
    (violation.path().to_owned(), violation.to_string())
}
