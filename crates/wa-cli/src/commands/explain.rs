//! The command `explain`: codes, rules, and errors that were pasted.

use std::{fmt::Write as _, io::Read as _};

use serde_json::Value;
use wa_message::{ErrorCode, RetryAdvice};
use wa_message_spec::templates::refusal;

use crate::{
    check::Rule,
    error::{Error, Exit},
    outcome::one_line,
    terminal,
};

/// Explain a code of the API, a rule of `wa check`, or an error that is pasted
///
/// It says what it means, what to do, and whether it is safe to send the message again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wa explain 131047
  wa explain WA031
  curl .. | wa explain -")]
pub(crate) struct Args {
    /// A code, a rule, an error as text or JSON, or `-` for what is piped in
    #[arg(value_name = "CODE | RULE | TEXT | -", required = true, allow_hyphen_values = true)]
    what: Vec<String>,
}

/// How much of what is piped in is read, in bytes.
const READ_AT_MOST: u64 = 1024 * 1024;

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let text = match args.what.as_slice() {
        [only] if only == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().take(READ_AT_MOST).read_to_end(&mut bytes)?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        words => words.join(" "),
    };
    let text = text.trim();
    if let Some(explained) = rule(text) {
        terminal::print(&explained)?;
        return Ok(Exit::Done);
    }
    if Rule::is_meant(text) {
        return Err(Rule::unknown(text));
    }
    let codes = codes(text);
    if codes.is_empty() {
        return Err(Error::usage("there is no code and no rule in it")
            .hint("`wa explain 131047` explains a code, and `wa explain WA031` a rule"));
    }
    let explained: Vec<_> = codes.iter().map(Refused::explain).collect();
    terminal::print(&explained.join("\n"))?;
    Ok(Exit::Done)
}

/// Returns what a rule asks, in a sentence.
pub(crate) fn summary(name: &str) -> Option<String> {
    Rule::find(name).map(|(_, says)| says.to_owned())
}

fn rule(text: &str) -> Option<String> {
    let (name, says) = Rule::find(text)?;
    Some(format!(
        "{name}\n  {says}\n\n  `allow = [\"{name}\"]` under `[check]` in `wa.toml` turns it off.\n"
    ))
}

/// An error of the API, as far as it is known.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Refused {
    pub(crate) code: i64,
    pub(crate) subcode: Option<i64>,
    pub(crate) details: Option<String>,
}

impl Refused {
    pub(crate) fn explain(&self) -> String {
        let code = ErrorCode::from(self.code);
        let mut out = format!("{code}\n");
        if let Some(details) = &self.details {
            _ = writeln!(out, "  Details:  {details}");
        }
        if let Some(known) = self.subcode.and_then(refusal) {
            _ = writeln!(out, "  Subcode:  {}: {}", known.subcode, known.says);
        }
        if let Some(action) = code.action() {
            _ = writeln!(out, "  Do:       {action}");
        }
        _ = writeln!(out, "  Resend:   {}", resend(code));
        if let Some(scope) = code.throttles() {
            _ = writeln!(out, "  Held:     {}", wa_message_core::__shared::held_back(scope));
        }
        if let Some(status) = code.status() {
            _ = writeln!(out, "  Status:   HTTP {status}");
        }
        _ = writeln!(out, "  About:    {}", code.class());
        out
    }
}

/// Whether it is safe to send a message again. A refusal is certain, so that nothing arrives twice.
fn resend(code: ErrorCode) -> String {
    match code.advice() {
        _ if !code.is_known() => {
            "not by itself; the message was refused, and nobody here knows why".to_owned()
        }
        RetryAdvice::Never => "no use; the same message is refused again".to_owned(),
        RetryAdvice::AfterAction => {
            "safe after that; before, the same message is refused again".to_owned()
        }
        advice => format!("safe, the message was not taken; {advice}"),
    }
}

/// The errors in a text: JSON of the API or of a webhook, or the codes that stand in a sentence.
fn codes(text: &str) -> Vec<Refused> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        in_json(&value, &mut found);
    }
    if found.is_empty() {
        let numbers = text.split(|found: char| !found.is_ascii_digit());
        let mut codes: Vec<i64> = numbers.filter_map(|number| number.parse().ok()).collect();
        // In a sentence stand other numbers too.
        if codes.len() > 1 {
            codes.retain(|code| ErrorCode::from(*code).is_known());
        }
        codes.dedup();
        found.extend(codes.into_iter().map(|code| Refused { code, ..Refused::default() }));
    }
    found
}

/// Objects with a code, however deep they lie.
fn in_json(value: &Value, found: &mut Vec<Refused>) {
    match value {
        Value::Number(number) if found.is_empty() => {
            found.extend(number.as_i64().map(|code| Refused { code, ..Refused::default() }));
        }
        Value::Array(items) => items.iter().for_each(|item| in_json(item, found)),
        Value::Object(members) => {
            if let Some(code) = members.get("code").and_then(Value::as_i64) {
                let details = members.get("error_data").and_then(|data| data.get("details"));
                found.push(Refused {
                    code,
                    subcode: members.get("error_subcode").and_then(Value::as_i64),
                    details: details.and_then(Value::as_str).map(one_line),
                });
            } else {
                members
                    .values()
                    .filter(|value| value.is_object() || value.is_array())
                    .for_each(|value| in_json(value, found));
            }
        }
        _ => {}
    }
}
