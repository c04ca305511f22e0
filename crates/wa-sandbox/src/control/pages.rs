//! Calls of the page.

use serde_json::Value;

use super::{Call, Problem};

/// All that is known of an entry of the journal.
pub(super) fn entry(call: &Call<'_>) -> Result<Value, Problem> {
    let number = call.name.parse().ok();
    let details = number.and_then(|number| crate::page::details(call.state, number));
    details.ok_or_else(|| Problem::unfit("there is no entry of this number".to_owned()))
}

/// What became of the newest messages.
pub(super) fn outcomes(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(crate::page::outcomes(call.state, call.limit()?))
}

/// A draft, drawn and checked.
pub(super) fn draft(call: &Call<'_>) -> Result<Value, Problem> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Draft {
        text: String,
    }

    let Draft { text } = call.read()?;
    Ok(crate::page::draft(&text, call.state))
}
