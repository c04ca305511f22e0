//! Changes of texts and numbers.

use serde_json::{Number, Value};
use wa_message_rules::table::Schema;

use crate::{Generator, sites::Site};

/// A text with a character more, less, or another one.
pub(super) fn edit(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Value::String(text) = value else { return false };
    let mut letters: Vec<char> = text.chars().collect();
    let at = generator.rng.usize(..=letters.len());
    let new = ['a', 'A', '0', ' ', '\n', '\t', '\u{a0}', '\u{feff}', '\u{85}', '😀', '©', 'ü', '"'];
    let new = new[generator.rng.usize(..new.len())];
    match generator.rng.u8(..5) {
        0 if at < letters.len() => drop(letters.remove(at)),
        1 if at < letters.len() => letters[at] = new,
        2 => letters.insert(0, new),
        3 => letters.push(new),
        _ => letters.insert(at, new),
    }
    *text = letters.into_iter().collect();
    true
}

/// A text with a blank, a break or a sign where its pattern or its format may not take it.
pub(super) fn off_form(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let (Some(Schema::Text(limits)), Value::String(text)) = (site.schema, value) else {
        return false;
    };
    if limits.pattern.is_none() && limits.format.is_none() {
        return false;
    }
    let signs = [" ", "    ", "     ", "\n", "\t", "\r", "\u{2028}", "a", "Z", "9", "_", "😀", "©"];
    let sign = signs[generator.rng.usize(..signs.len())];
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    text.insert_str(ends[generator.rng.usize(..ends.len())], sign);
    true
}

/// A text that is exactly as long as it may be, or misses that by one character.
pub(super) fn to_limit(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let (Some(Schema::Text(limits)), Value::String(text)) = (site.schema, value) else {
        return false;
    };
    // Very long texts take their time.
    if limits.max > 100_000 || (limits.max > 5_000 && generator.rng.u8(..8) > 0) {
        return false;
    }
    let length = match generator.rng.u8(..8) {
        0 => limits.min.saturating_sub(1),
        1 => limits.min,
        2 => limits.max - 1,
        3..5 => limits.max,
        _ => limits.max + 1,
    };
    let fill = ['a', 'ü', '漢', '😀', '7'][generator.rng.usize(..5)];
    let filled = text.chars().chain(std::iter::repeat(fill));
    *text = filled.take(length).collect();
    true
}

/// Another value of a tag or of an enumeration, or one that is nearly one.
pub(super) fn choose(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let mut values: Vec<&str> = match (site.tag, site.schema) {
        (Some(tag), _) => tag.arms.iter().map(|arm| arm.value).collect(),
        (None, Some(Schema::Text(text))) => {
            text.values.map(|values| values.names.to_vec()).unwrap_or_default()
        }
        _ => return false,
    };
    values.retain(|other| value.as_str() != Some(other));
    let near = value.as_str().map(|text| match generator.rng.u8(..4) {
        0 => generator.any_case(text),
        1 => format!("{text}s"),
        2 => format!(" {text}"),
        _ => text.chars().skip(1).collect(),
    });
    let other = generator.rng.choice(values).map(str::to_owned);
    let nearly = generator.rng.u8(..3) == 0;
    let Some(other) = (if nearly { near } else { other }) else { return false };
    *value = other.into();
    true
}

/// A number at or behind its limit, or one that is hard to hold.
pub(super) fn number(generator: &mut Generator, site: &Site, value: &mut Value) -> bool {
    let limits = match site.schema {
        Some(Schema::Integer(limits)) => {
            let limits = [limits.constant, limits.min, limits.max];
            limits.into_iter().flatten().map(Number::from).collect()
        }
        Some(Schema::Number(limits)) => {
            let limits = [limits.min, limits.max];
            limits.into_iter().flatten().filter_map(Number::from_f64).collect()
        }
        _ if value.is_number() => Vec::new(),
        _ => return false,
    };
    let limit = generator.rng.choice(limits).filter(|_| generator.rng.bool());
    let near = limit.map(|limit| {
        let by = [-1.0, -0.25, 0.0, 0.25, 1.0][generator.rng.usize(..5)];
        match (limit.as_i64(), limit.as_f64()) {
            #[allow(clippy::cast_possible_truncation)] // A fraction is to be lost.
            (Some(limit), _) if generator.rng.bool() => limit.saturating_add(by as i64).into(),
            (_, limit) => limit.map_or(Value::Null, |limit| (limit + by).into()),
        }
    });
    let hard: [Value; 14] = [
        0.into(),
        (-0.0).into(),
        (-1).into(),
        i64::MIN.into(),
        i64::MAX.into(),
        u64::MAX.into(),
        (i64::MAX.unsigned_abs() + 1).into(),
        8_999_999_999_999_999.0.into(),
        9e15.into(),
        1e16.into(),
        1e300.into(),
        5e-324.into(),
        9_007_199_254_740_993_i64.into(),
        generator.scalar(),
    ];
    *value = near.unwrap_or_else(|| hard[generator.rng.usize(..hard.len())].clone());
    true
}

/// `5` as `5.0`, and back.
pub(super) fn whole_or_not(_: &mut Generator, _: &Site, value: &mut Value) -> bool {
    let Value::Number(number) = value else { return false };
    #[allow(clippy::cast_possible_truncation)] // Only whole numbers of few digits come here.
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
            *value = (float as i64).into();
        }
        Some(float) if !number.is_f64() => *value = float.into(),
        _ => return false,
    }
    true
}

/// `5` as `"5"`, and back.
pub(super) fn number_or_text(generator: &mut Generator, _: &Site, value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            let sign = ["", "", "", "+", " ", "0"][generator.rng.usize(..6)];
            *value = format!("{sign}{number}").into();
        }
        Value::String(text) => match text.parse::<f64>() {
            Ok(number) => {
                let whole = text.parse::<i64>().map(Value::from);
                *value = whole.unwrap_or_else(|_| number.into());
            }
            Err(_) if generator.rng.u8(..8) == 0 => {
                let texts = ["NaN", "inf", "-infinity", "1e999", ".5", "5.", "1e1", "٣", "", "0x1"];
                texts[generator.rng.usize(..texts.len())].clone_into(text);
            }
            Err(_) => return false,
        },
        _ => return false,
    }
    true
}
