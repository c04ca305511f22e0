//! Words in JSON: numbers, truth values and `null`.

use super::Content;

/// What a word means, if it is one that JSON has.
pub(super) fn known_word<'t>(word: &str) -> Option<Content<'t>> {
    Some(match word {
        "true" => Content::Boolean(true),
        "false" => Content::Boolean(false),
        "null" => Content::Null,
        _ if !is_number(word) => return None,
        _ => match word.parse() {
            // Whole numbers have no zero with a sign.
            Ok(0) if word.starts_with('-') => Content::Number(-0.0),
            Ok(whole) => Content::Integer(whole),
            Err(_) => Content::Number(word.parse().ok()?),
        },
    })
}

/// Whether a word is a number as JSON writes it.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let whole = digits(unsigned);
    if whole == 0 || whole > 1 && unsigned.starts_with('0') {
        return false;
    }
    let mut rest = &unsigned[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}
