//! An independent judge: the description itself, read by the `jsonschema` crate.

use std::{fs, path::Path};

use jsonschema::Validator;
use serde_json::{Value, json};

/// The schemas of the description, compiled by somebody else's code.
#[derive(Debug)]
pub struct Oracle {
    message: Validator,
    receipt: Validator,
}

impl Oracle {
    /// Compiles the description of this repository.
    ///
    /// # Panics
    ///
    /// When it cannot be read or is no JSON Schema.
    #[must_use]
    pub fn new() -> Self {
        let document = description();
        let schema = |name: &str| {
            let schema = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$ref": format!("#/components/schemas/{name}"),
                "components": document["components"],
            });
            let options = jsonschema::options().should_validate_formats(true);
            options.build(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
        };
        Self { message: schema("MessageObject"), receipt: schema("ReadReceiptObject") }
    }

    /// Whether a body is valid, as far as JSON Schema can say.
    #[must_use]
    pub fn accepts(&self, message: &Value) -> bool {
        self.accepts_as(crate::table::is_receipt(message), message)
    }

    /// Whether a body is valid as a read receipt, or else as a message.
    pub(crate) fn accepts_as(&self, is_receipt: bool, body: &Value) -> bool {
        if is_receipt { &self.receipt } else { &self.message }.is_valid(body)
    }
}

impl Default for Oracle {
    fn default() -> Self {
        Self::new()
    }
}

/// The description as JSON.
///
/// # Panics
///
/// When it cannot be read.
#[must_use]
fn description() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/messages.yaml");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
