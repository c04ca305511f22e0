//! Compares the doors with each other and with the oracle.

use serde_json::Value;
use wa_message::{Message, ReadReceipt};

use crate::{
    Oracle,
    doors::{Body, Verdict, tokens, verdict},
    strict::{as_meant, is_inexpressible, strict},
    table::is_receipt,
};

/// How deep a document may be nested as a text, by the reader that the library uses, and as tokens.
const DEPTH_AT_MOST: usize = 127;

/// Compares the doors.
#[derive(Debug, Default)]
pub struct Judge {
    oracle: Oracle,
}

/// What all doors agree on.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// What they say.
    pub verdict: Verdict,
    /// Whether the Rust types can hold the document.
    pub typed: bool,
    /// Whether every rule that it breaks is beyond JSON Schema.
    pub inexpressible: bool,
}

impl Judge {
    /// Asks all doors about a document.
    ///
    /// # Errors
    ///
    /// In words, when two of them disagree.
    pub fn compare(&self, document: &Value) -> Result<Agreement, String> {
        if is_receipt(document) {
            self.compare_as::<ReadReceipt>(document)
        } else {
            self.compare_as::<Message>(document)
        }
    }

    fn compare_as<B: Body>(&self, document: &Value) -> Result<Agreement, String> {
        let by_value = B::try_from(document);
        let expected = verdict(&by_value);
        if let Verdict::Unreadable(why) = &expected {
            return Err(format!("the JSON value is refused for no rule: {why}"));
        }
        let agree =
            |door: &str, found: &Verdict| agree(("the JSON value", &expected), (door, found));
        let is_text = depth(document) <= DEPTH_AT_MOST;
        // The macro does not read what only JSON says, and neither does the oracle.
        let meant = if is_text { as_meant(document) } else { document.clone() };
        if is_text {
            agree("the JSON text", &verdict(&document.to_string().parse::<B>()))?;
        }
        if document.is_object() && is_text {
            if depth(&meant) <= DEPTH_AT_MOST {
                agree("the macro", &tokens(&meant)?)?;
            }
        } else if tokens(document).is_ok() {
            // What is no object, or too deep, is no message for its grammar, before it comes to rules.
            return Err("the macro takes what is not of its grammar".to_owned());
        }
        let typed = typed::<B>(document)?;
        if let Ok(body) = &by_value {
            written(body, is_text)?;
            self.canonical(body)?;
        }
        let inexpressible = self.oracle(&meant, &expected)?;
        Ok(Agreement { verdict: expected, typed, inexpressible })
    }

    /// What is written is valid for the oracle too, and has only forms that it knows.
    fn canonical<B: Body>(&self, body: &B) -> Result<(), String> {
        let written = serde_json::to_value(body).map_err(|error| error.to_string())?;
        if !self.oracle.accepts(&written) {
            return Err(format!("the oracle refuses what is written: {written}"));
        }
        if strict(&written) != written {
            return Err(format!("what is written is not canonical: {written}"));
        }
        Ok(())
    }

    /// The oracle accepts exactly what breaks no rule that it knows.
    fn oracle(&self, document: &Value, verdict: &Verdict) -> Result<bool, String> {
        let inexpressible = verdict
            .findings()
            .iter()
            .all(|finding| is_inexpressible(&finding.problem, &finding.path, document));
        let strict = strict(document);
        // What decides between the two bodies may be one of the `null` that the oracle does not know.
        if self.oracle.accepts_as(is_receipt(document), &strict) == inexpressible {
            return Ok(inexpressible);
        }
        let says = if inexpressible { "refuses" } else { "accepts" };
        Err(format!("the oracle {says} it, in its forms: {strict}\n  the library: {verdict}"))
    }
}

fn agree(left: (&str, &Verdict), right: (&str, &Verdict)) -> Result<(), String> {
    if left.1 == right.1 {
        return Ok(());
    }
    Err(format!("{}: {}\n  {}: {}", left.0, left.1, right.0, right.1))
}

/// What the types can hold is judged like its JSON, and the generated checks know all valid ones.
fn typed<B: Body>(document: &Value) -> Result<bool, String> {
    let Ok(object) = serde_json::from_value::<B::Object>(document.clone()) else {
        return Ok(false);
    };
    let value = serde_json::to_value(&object).map_err(|error| error.to_string())?;
    let holds = B::holds(&object);
    let built = verdict(&B::try_from(object));
    agree(("the JSON of the object", &verdict(&B::try_from(&value))), ("the object", &built))?;
    if built == Verdict::Valid && !holds {
        return Err("the generated check refuses a valid object".to_owned());
    }
    Ok(true)
}

/// What a valid body writes is what serde writes, and is read as the same body.
fn written<B: Body>(body: &B, is_text: bool) -> Result<(), String> {
    let json = body.to_json();
    let by_serde = serde_json::to_string(body).map_err(|error| error.to_string())?;
    if json != by_serde {
        return Err(format!("the writer writes {json}\n  serde writes {by_serde}"));
    }
    if !is_text {
        return Ok(());
    }
    match (json.parse::<B>(), serde_json::from_str::<B>(&json)) {
        (Ok(parsed), Ok(deserialized)) if parsed == *body && deserialized == *body => Ok(()),
        (parsed, deserialized) => Err(format!(
            "what is written reads back otherwise: {json}\n  {body:?}\n  {parsed:?}\n  {deserialized:?}"
        )),
    }
}

/// How many arrays and objects lie inside each other.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
