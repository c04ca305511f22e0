//! The limits of values in words. The description says each limit once, as a keyword of a schema, and every text
//! that tells it is made here.

use std::fmt::Display;

use crate::{
    error::{Error, Hints, Result},
    model::{Description, Field, Type},
};

/// The limits of a count: "1 to 72 characters", "at most 3 items". Nothing if any number will do.
#[must_use]
pub fn counted(min: usize, max: Option<usize>, one: &str) -> Option<String> {
    let many = |count| if count == 1 { one.to_owned() } else { format!("{one}s") };
    match (min, max) {
        (0, None) => None,
        (1, None) if one == "character" => Some("not empty".to_owned()),
        (min, None) => Some(format!("at least {min} {}", many(min))),
        (0, Some(max)) => Some(format!("at most {max} {}", many(max))),
        (min, Some(max)) if min == max => Some(format!("exactly {min} {}", many(min))),
        (min, Some(max)) => Some(format!("{min} to {max} {}", many(max))),
    }
}

/// The limits of a number: "1 to 5", "at least 0". Nothing if any number will do.
#[must_use]
pub fn range<T: Display>(min: Option<T>, max: Option<T>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

/// "`a`, `b` or `c`". The engine has a list of this kind too, and the generator depends on nothing that it writes.
pub(crate) fn either(phrases: impl IntoIterator<Item = String>) -> String {
    let mut phrases: Vec<_> = phrases.into_iter().collect();
    match phrases.pop() {
        Some(last) if !phrases.is_empty() => format!("{} or {last}", phrases.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// The limits of a value itself, and not of what it is made of.
fn of(value: &Type) -> Option<String> {
    match value {
        Type::Text(text) if text.values.is_none() => counted(text.min, text.max, "character"),
        Type::Integer { min, max, constant: None, .. } => range(*min, *max),
        Type::Number { min, max, .. } => range(*min, *max),
        Type::Json { min, max, .. } => counted(*min, *max, "member"),
        Type::List(list) => counted(list.min, list.max, "item"),
        _ => None,
    }
}

/// The documentation of a member: its description, and a sentence with its limits.
#[must_use]
pub(crate) fn documented(field: &Field) -> String {
    let description = field.description.trim_end();
    let Some(limits) = of(&field.value) else { return description.to_owned() };
    let mut letters = limits.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let sentence: String = first.into_iter().chain(letters).collect();
    format!("{description} {sentence}.")
}

/// Refuses a description that says a limit of its member again.
pub(crate) fn check(description: &Description, field: &Field) -> Result<()> {
    let mut limits = Vec::new();
    collect(description, &field.value, &mut limits);
    let Some(limit) = repeated(&field.description, &field.name, &limits) else { return Ok(()) };
    let message =
        format!("the description of `{}` says {limit} again, which its schema says", field.name);
    let told =
        of(&field.value).map_or_else(|| "the limits".to_owned(), |limits| format!("`{limits}`"));
    let help = format!("leave it out: {told} is added wherever the description is shown");
    let hints = Hints { help: Some(help), ..Hints::default() };
    Err(Error::at(&field.place, message).with_hints(hints))
}

/// All limits of a value: its own, those of its items, and those of the text that may stand for an object.
fn collect(description: &Description, value: &Type, limits: &mut Vec<String>) {
    let count = |count: usize| (count > 0).then(|| count.to_string());
    match value {
        Type::Text(text) => {
            limits.extend([count(text.min), text.max.and_then(count)].into_iter().flatten());
        }
        Type::Integer { min, max, .. } => {
            limits.extend([min, max].into_iter().flatten().map(ToString::to_string));
        }
        Type::Number { min, max, .. } => {
            limits.extend([min, max].into_iter().flatten().map(ToString::to_string));
        }
        Type::Json { min, max, texts, .. } => {
            let all = [count(*min), max.and_then(count), texts.and_then(count)];
            limits.extend(all.into_iter().flatten());
        }
        Type::List(list) => {
            limits.extend([count(list.min), list.max.and_then(count)].into_iter().flatten());
            if !matches!(list.items, Type::Object(_)) {
                collect(description, &list.items, limits);
            }
        }
        Type::Object(name) => {
            let object = description.object(name);
            if let Some(natural) = object.and_then(|object| description.natural(object)) {
                collect(description, &natural.value, limits);
            }
        }
        _ => {}
    }
}

/// The limit of a member that a text says: one of the numbers, with a unit that it may have, or as the end of a
/// range, or of a clause such as "at most 72".
fn repeated<'l>(text: &str, name: &str, limits: &'l [String]) -> Option<&'l String> {
    const UNITS: [&str; 5] = ["character", "item", "member", "byte", "letter"];
    const BEFORE: [[&str; 2]; 3] = [["at", "most"], ["at", "least"], ["up", "to"]];

    let words: Vec<_> = text.split_whitespace().collect();
    let plain = |at: usize| {
        let is_mark = |char: char| !char.is_alphanumeric();
        words.get(at).map_or("", |word| word.trim_matches(is_mark))
    };
    let one = |word: &str| word.strip_suffix('s').unwrap_or(word).to_ascii_lowercase();
    let is_limit = |at: usize| limits.iter().find(|limit| *limit == plain(at));
    let is_said = |at: usize| {
        let (next, last) =
            (one(plain(at + 1)), [at.wrapping_sub(2), at.wrapping_sub(1)].map(plain));
        let ends = words[at].ends_with(['.', ',', ';', ')']);
        UNITS.contains(&next.as_str())
            || name.split('_').any(|part| one(part) == next)
            || (next == "of" && plain(at + 2) == "them")
            || (last[1] == "to" && is_limit(at.wrapping_sub(2)).is_some())
            || (ends
                && BEFORE.iter().any(|pair| {
                    pair.iter().zip(last).all(|(word, last)| last.eq_ignore_ascii_case(word))
                }))
    };
    (0..words.len()).filter(|at| is_said(*at)).find_map(is_limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_worded_in_one_way() {
        for (min, max, words) in [
            (0, None, None),
            (1, None, Some("not empty")),
            (2, None, Some("at least 2 characters")),
            (0, Some(1), Some("at most 1 character")),
            (1, Some(72), Some("1 to 72 characters")),
            (3, Some(3), Some("exactly 3 characters")),
        ] {
            assert_eq!(counted(min, max, "character").as_deref(), words);
        }
        assert_eq!(counted(1, None, "item").as_deref(), Some("at least 1 item"));
        assert_eq!(range(Some(0), None).as_deref(), Some("at least 0"));
        assert_eq!(range(Some(1.5), Some(2.5)).as_deref(), Some("1.5 to 2.5"));
    }

    #[test]
    fn a_limit_is_found_where_it_is_said() {
        let limits = ["1", "72"].map(str::to_owned);
        for text in [
            "The row. 1 to 72 characters.",
            "The row, at most 72.",
            "1 to 72 of them",
            "72 bytes long",
            "After 72 days it ends.",
            "At least 1; more is better.",
        ] {
            assert!(repeated(text, "expiration_days", &limits).is_some(), "{text}");
        }
        for text in [
            "Version 72 of it.",
            "At most 30 characters look well.",
            "Some 172 characters.",
            "Parts, with at most 72 rows together.",
            "The first of 2 rows.",
            "Up to 10 of them are shown.",
        ] {
            assert_eq!(repeated(text, "expiration_days", &limits), None, "{text}");
        }
    }
}
