//! Words for values: amounts of money, times, states, and texts as they may stand in a page.

use std::borrow::Cow;

/// Returns a text without signs of control, which HTML has no place for. Line breaks and tabs stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |sign: char| sign.is_control() && sign != '\n' && sign != '\t';
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().map(|sign| if is_bad(sign) { '\u{fffd}' } else { sign }).collect())
}

/// Returns an amount, such as `12.50` for a value of 1250 and an offset of 100. What is no such number stays as it is.
pub(crate) fn amount(value: &str, offset: Option<&str>) -> String {
    let places = offset.and_then(|offset| {
        let zeros = offset.strip_prefix('1')?;
        zeros.bytes().all(|digit| digit == b'0').then_some(zeros.len())
    });
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |digits| ("-", digits));
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    match places.filter(|places| is_number && (1..=9).contains(places)) {
        None => value.to_owned(),
        Some(places) => {
            let digits = format!("{digits:0>width$}", width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            format!("{sign}{whole}.{fraction}")
        }
    }
}

/// Returns a word of a set as a word for people: `Partially shipped`.
pub(crate) fn state(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    first.chain(signs.map(|sign| if "-_".contains(sign) { ' ' } else { sign })).collect()
}

/// Returns a time since 1970 as `2026-09-21 14:13 UTC`. What is no time of four digits of a year stays as it is.
pub(crate) fn time(text: &str, units_in_second: i64) -> String {
    const LAST: i64 = 253_402_300_799;
    let seconds = text.parse::<i64>().map(|units| units.div_euclid(units_in_second));
    let Some(seconds) = seconds.ok().filter(|seconds| (0..=LAST).contains(seconds)) else {
        return text.to_owned();
    };
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    let (hour, minute) = (second / 3600, second % 3600 / 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

/// The date of a day since 1970. Years begin in March here, so that the day of a leap year is the last one.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Returns an address that a page may lead to: over http or https alone.
pub(crate) fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_scheme = |scheme: &&str| {
        text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https://", "http://"].into_iter().find(is_scheme)?;
    (text.len() > scheme.len()).then_some(text)
}

/// Returns the host of an address.
pub(crate) fn host(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or(behind)
}

/// Returns the last part of the way of an address, or the whole text if it is none.
pub(crate) fn file_name(source: &str) -> &str {
    let Some(address) = address(source) else { return source };
    let way = address.split(['?', '#']).next().unwrap_or(address);
    let name = way.rsplit('/').next().unwrap_or(way);
    if name.is_empty() { address } else { name }
}

/// Returns a number with its noun.
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}

#[cfg(test)]
mod tests {
    use super::{address, amount, clean, counted, file_name, host, state, time};

    #[test]
    fn amounts_have_their_places() {
        assert_eq!(amount("1250", Some("100")), "12.50");
        assert_eq!(amount("5", Some("100")), "0.05");
        assert_eq!(amount("-5", Some("1000")), "-0.005");
        assert_eq!(amount("5", Some("1")), "5");
        assert_eq!(amount("9.5", None), "9.5");
        assert_eq!(amount("x", Some("100")), "x");
        assert_eq!(amount("", Some("100")), "");
    }

    #[test]
    fn times_are_dates() {
        assert_eq!(time("0", 1), "1970-01-01 00:00 UTC");
        assert_eq!(time("951782400", 1), "2000-02-29 00:00 UTC");
        assert_eq!(time("1790000000", 1), "2026-09-21 14:13 UTC");
        assert_eq!(time("1790000000999", 1000), "2026-09-21 14:13 UTC");
        assert_eq!(time("253402300799", 1), "9999-12-31 23:59 UTC");
        for text in ["253402300800", "-1", "soon", "99999999999999999999"] {
            assert_eq!(time(text, 1), text);
        }
    }

    #[test]
    fn words_are_for_people() {
        assert_eq!(state("partially-shipped"), "Partially shipped");
        assert_eq!(state("offsite_card_pay"), "Offsite card pay");
        assert_eq!(state(""), "");
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(3, "row", "rows"), "3 rows");
    }

    #[test]
    fn pages_lead_to_the_web_alone() {
        assert_eq!(address(" https://example.org "), Some("https://example.org"));
        assert_eq!(address("HTTP://example.org"), Some("HTTP://example.org"));
        for text in ["javascript:alert(1)", "https://", "//example.org", "data:text/html,x", ""] {
            assert_eq!(address(text), None);
        }
        assert_eq!(host("https://example.org:80/a?b"), "example.org:80");
        assert_eq!(file_name("https://example.org/a/b.pdf?c/d"), "b.pdf");
        assert_eq!(file_name("https://example.org/"), "https://example.org/");
        assert_eq!(file_name("12/34"), "12/34");
    }

    #[test]
    fn signs_of_control_are_shown_as_unknown() {
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc\td");
        assert_eq!(clean("a\0\u{1b}b"), "a\u{fffd}\u{fffd}b");
    }
}
