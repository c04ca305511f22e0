//! Webhooks in files: one body, one on each line, or a list of deliveries that hold them as texts.

use std::{borrow::Cow, path::Path};

use serde_json::Value;

use crate::{
    error::{Error, named},
    input,
};

/// How large a file may be, in bytes.
const MOST: u64 = 256 * 1024 * 1024;
/// The members under which logs keep a body, and lists of deliveries their items.
const KEPT_AS: [&str; 3] = ["body", "payload", "raw"];
const LIST: &str = "deliveries";

/// Reads a file, or what is piped in, as it is.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    input::given(path, MOST)
}

/// The bodies of requests in a file.
#[derive(Debug, PartialEq)]
pub(super) struct Bodies<'b>(Vec<Cow<'b, [u8]>>);

impl<'b> Bodies<'b> {
    /// Finds them.
    pub(super) fn of(bytes: &'b [u8], path: &Path) -> Result<Self, Error> {
        let mut found = Vec::new();
        let whole = bytes.trim_ascii();
        if let Ok(value) = serde_json::from_slice::<Value>(whole) {
            collect(whole, value, &mut found);
        } else {
            for line in bytes.split(|byte| *byte == b'\n') {
                let line = line.trim_ascii();
                match serde_json::from_slice::<Value>(line) {
                    _ if line.is_empty() => {}
                    Ok(value) => collect(line, value, &mut found),
                    // Whoever reads it says what is wrong with it.
                    Err(_) => found.push(line.into()),
                }
            }
        }
        if found.is_empty() {
            return Err(Error::usage(format!("there is no webhook in `{}`", named(path)))
                .hint("it holds a webhook, or one on each line, or the deliveries of a sandbox"));
        }
        Ok(Self(found))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Finds the bodies in a value, of which these are the bytes.
fn collect<'b>(bytes: &'b [u8], value: Value, found: &mut Vec<Cow<'b, [u8]>>) {
    match kept(value) {
        Kept::Itself => found.push(bytes.into()),
        Kept::Bodies(bodies) => found.extend(bodies.into_iter().map(Cow::Owned)),
    }
}

/// How a value keeps bodies.
enum Kept {
    /// It is one.
    Itself,
    /// It has these.
    Bodies(Vec<Vec<u8>>),
}

fn kept(value: Value) -> Kept {
    match value {
        Value::Array(items) => Kept::Bodies(items.into_iter().flat_map(inside).collect()),
        Value::Object(mut members) => {
            if let Some(Value::Array(items)) = members.remove(LIST) {
                return Kept::Bodies(items.into_iter().flat_map(inside).collect());
            }
            let body = KEPT_AS.iter().find_map(|name| members.remove(*name));
            match body {
                Some(Value::String(text)) => Kept::Bodies(vec![text.into_bytes()]),
                Some(value @ Value::Object(_)) => {
                    Kept::Bodies(vec![value.to_string().into_bytes()])
                }
                _ => Kept::Itself,
            }
        }
        _ => Kept::Itself,
    }
}

fn inside(value: Value) -> Vec<Vec<u8>> {
    let text = value.to_string();
    match kept(value) {
        Kept::Itself => vec![text.into_bytes()],
        Kept::Bodies(bodies) => bodies,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let bodies = Bodies::of(text.as_bytes(), Path::new("log")).unwrap();
        bodies.iter().map(|body| String::from_utf8_lossy(body).into_owned()).collect()
    }

    #[test]
    fn bodies_are_found_with_their_bytes() {
        assert_eq!(found("{ \"entry\" : [] }\n"), ["{ \"entry\" : [] }"]);
        assert_eq!(
            found("{ \"entry\": [1] }\n\n{\"entry\": [2]}\nhalf"),
            ["{ \"entry\": [1] }", "{\"entry\": [2]}", "half"]
        );
        let delivery =
            r#"{"deliveries":[{"number":1,"body":"{ \"entry\": [] }"},{"body":{"entry":[]}}]}"#;
        assert_eq!(found(delivery), ["{ \"entry\": [] }", "{\"entry\":[]}"]);
        assert_eq!(
            found(r#"[{"entry":[1]},{"entry":[2]}]"#),
            [r#"{"entry":[1]}"#, r#"{"entry":[2]}"#]
        );
        let error = Bodies::of(b" \n", Path::new("log")).unwrap_err();
        assert_eq!(error.to_string(), "there is no webhook in `log`");
    }
}
