//! The codes that the API refuses with.

use std::time::Duration;

use heck::ToUpperCamelCase;

use super::keys::Keys;
use crate::{
    error::{Error, Hints, Result},
    model::{CodeRange, ErrorClass, ErrorCode, ErrorCodes, RetryAdvice, ThrottleScope},
    yaml::{Node, Value},
};

/// What an enum calls the value that it does not know.
const RESERVED: &str = "Unknown";
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Reads `x-error-codes`.
pub(super) fn read(node: &Node) -> Result<ErrorCodes> {
    let mut keys = Keys::new(node)?;
    let classes = classes(keys.need("classes")?)?;
    let entries = keys.need("codes")?.items()?;
    keys.finish()?;
    let mut codes: Vec<ErrorCode> = Vec::new();
    let mut errors = Vec::new();
    for entry in entries {
        match code(entry, &classes).and_then(|code| distinct(entry, code, &codes)) {
            Ok(code) => codes.push(code),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(ErrorCodes { classes, codes }) } else { Err(Error::several(errors)) }
}

fn classes(node: &Node) -> Result<Vec<ErrorClass>> {
    let class = |(name, meaning): &(String, Node)| {
        let variant = name.to_upper_camel_case();
        if variant == RESERVED || !is_type_name(&variant) {
            let message = format!("`{name}` cannot be the name of a class");
            return Err(meaning.key_error(message, "not a name", None));
        }
        let description = meaning.text()?.to_owned();
        Ok(ErrorClass { name: name.clone(), variant, description })
    };
    node.members()?.iter().map(class).collect()
}

fn code(node: &Node, classes: &[ErrorClass]) -> Result<ErrorCode> {
    let mut keys = Keys::new(node)?;
    let codes = ranges(keys.need("code")?)?;
    let name = variant(keys.need("name")?)?;
    let title = sentence(keys.need("title")?)?;
    let class = class(keys.need("class")?, classes)?;
    let status = keys.take("status").map(status).transpose()?;
    let advice_node = keys.need("advice")?;
    let advice = advice(advice_node)?;
    let throttles = keys.take("throttles");
    let action = keys.take("action").map(sentence).transpose()?;
    keys.finish()?;
    if advice == RetryAdvice::AfterAction && action.is_none() {
        let message = "`after_action` needs an `action`: what somebody has to do";
        return Err(advice_node.error(message));
    }
    if let Some(throttles) = throttles
        && !matches!(advice, RetryAdvice::Wait(_))
    {
        let message = "what is throttled passes: the `advice` has to be a wait";
        return Err(throttles.error(message));
    }
    let throttles = throttles.map(scope).transpose()?;
    Ok(ErrorCode { codes, name, title, class, status, advice, throttles, action })
}

/// Refuses a name or a code that an earlier entry has.
fn distinct(node: &Node, new: ErrorCode, earlier: &[ErrorCode]) -> Result<ErrorCode> {
    if earlier.iter().any(|known| known.name == new.name) {
        let name = node.get("name").unwrap_or(node);
        return Err(name.error(format!("two codes are called `{}`", new.name)));
    }
    let mut taken: Vec<(CodeRange, &str)> = Vec::new();
    for known in earlier {
        taken.extend(known.codes.iter().map(|range| (*range, known.name.as_str())));
    }
    for range in &new.codes {
        let found =
            taken.iter().find(|(known, _)| known.first <= range.last && range.first <= known.last);
        if let Some((known, owner)) = found {
            let code = range.first.max(known.first);
            let place = node.get("code").unwrap_or(node);
            return Err(place.error(format!("the code {code} belongs to `{owner}` already")));
        }
        taken.push((*range, &new.name));
    }
    Ok(new)
}

/// A code, a range of them, or several of both.
fn ranges(node: &Node) -> Result<Vec<CodeRange>> {
    let ranges: Vec<_> = match &node.value {
        Value::List(items) => items.iter().map(range).collect::<Result<_>>()?,
        _ => vec![range(node)?],
    };
    if ranges.is_empty() { Err(node.error("a code is missing")) } else { Ok(ranges) }
}

fn range(node: &Node) -> Result<CodeRange> {
    if let Value::Text(text) = &node.value {
        let bounds = text.split_once('-').map(|(first, last)| (first.parse(), last.parse()));
        return match bounds {
            Some((Ok(first), Ok(last))) if first < last => Ok(CodeRange { first, last }),
            _ => Err(node.error("expected a code, or a range of them such as `200-299`")),
        };
    }
    let code = node.integer()?;
    Ok(CodeRange { first: code, last: code })
}

fn variant(node: &Node) -> Result<String> {
    let name = node.text()?;
    let variant = name.to_upper_camel_case();
    if name == variant && name != RESERVED && is_type_name(name) {
        Ok(variant)
    } else {
        Err(node.error(format!("the name of a code is that of a variant, and not `{name}`")))
    }
}

fn is_type_name(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// A part of a sentence: it is put behind a colon or a comma.
fn sentence(node: &Node) -> Result<String> {
    let text = node.text()?;
    if text.is_empty() || text.ends_with('.') || text.chars().any(char::is_control) {
        return Err(
            node.error("expected a part of a sentence, in one line and without a full stop")
        );
    }
    Ok(text.to_owned())
}

fn class(node: &Node, classes: &[ErrorClass]) -> Result<String> {
    let name = node.text()?;
    match classes.iter().find(|known| known.name == name) {
        Some(known) => Ok(known.variant.clone()),
        None => Err(unknown(node, "class", name, classes.iter().map(|known| known.name.as_str()))),
    }
}

fn status(node: &Node) -> Result<u16> {
    let status = u16::try_from(node.count()?).ok().filter(|status| (400..600).contains(status));
    status.ok_or_else(|| node.error("expected the HTTP status of an error"))
}

fn scope(node: &Node) -> Result<ThrottleScope> {
    match node.text()? {
        "app" => Ok(ThrottleScope::App),
        "account" => Ok(ThrottleScope::Account),
        "number" => Ok(ThrottleScope::Number),
        "recipient" => Ok(ThrottleScope::Recipient),
        other => {
            let known = ["app", "account", "number", "recipient"];
            Err(unknown(node, "scope", other, known.into_iter()))
        }
    }
}

fn advice(node: &Node) -> Result<RetryAdvice> {
    let text = node.text()?;
    match (text, text.strip_prefix("wait ")) {
        ("never", _) => Ok(RetryAdvice::Never),
        ("now", _) => Ok(RetryAdvice::Now),
        ("after_action", _) => Ok(RetryAdvice::AfterAction),
        (_, Some(pause)) => pause_of(pause).map(RetryAdvice::Wait).ok_or_else(|| {
            node.error("expected a pause such as `wait 5 min`, in `s`, `min` or `h`")
        }),
        _ => {
            let known = ["never", "now", "after_action", "wait"];
            Err(unknown(node, "advice", text, known.into_iter()))
        }
    }
}

fn pause_of(text: &str) -> Option<Duration> {
    let (count, unit) = text.split_once(' ')?;
    let count: u64 = count.parse().ok().filter(|count| *count > 0)?;
    let unit = match unit {
        "s" => 1,
        "min" => MINUTE,
        "h" => HOUR,
        _ => return None,
    };
    count.checked_mul(unit).map(Duration::from_secs)
}

fn unknown<'k>(
    node: &Node,
    what: &str,
    found: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Error {
    let near = known.clone().map(|known| (strsim::damerau_levenshtein(known, found), known));
    let near = near.filter(|(distance, _)| *distance <= 2).min();
    let help = match near {
        Some((_, near)) => format!("did you mean `{near}`?"),
        None => format!("known are {}", known.collect::<Vec<_>>().join(", ")),
    };
    node.error(format!("there is no {what} `{found}`"))
        .with_hints(Hints { help: Some(help), ..Hints::default() })
}
