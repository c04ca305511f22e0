//! Texts at and around their limits.

use std::collections::HashMap;

use fastrand::Rng;
use wa_message_rules::{pattern::Pattern, table::Text};

use super::Generator;

/// What texts are made of: letters, digits, several bytes a character, several characters a sign,
/// blanks, and what JSON and Rust have to escape.
const ALPHABETS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "ABCxyz 0123456789_-",
    "äöüßéçñ漢字かな",
    "😀👍🏽❤\u{fe0f}🇳🇴👩\u{200d}",
    " \t\n\r\u{a0}\u{2003}\u{feff}\u{85}\u{200b}\u{2028}\u{b}\u{c}",
    "\"\\/\u{0}\u{1}\u{1f}\u{7f}<>&'{}[]:,#",
    "\u{10ffff}\u{e000}\u{fffd}\u{301}\u{d7ff}\u{80}",
];

/// Texts that named checks and free patterns may ask for. What fits is chosen by trying.
const SAMPLES: &[&str] = &[
    "😀",
    "👍🏽",
    "🇳🇴",
    "👩‍👩‍👧‍👦",
    "1️⃣",
    "❤️",
    "❤",
    "",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "Book now",
    "© 2026 Acme™",
    "2024-02-29",
    "2023-02-29",
    "1999-12-31",
    "0001-01-01",
    "2100-02-28",
    "https://example.com/a.png",
    "http://example.com",
    "+15550100",
    "en_US",
    "a@example.com",
    "12:30",
    "1767225600",
    "a",
    "A",
    "0",
    "9",
    "12",
];

/// How far it is to the end of a text, by the state of a pattern.
#[derive(Debug, Default)]
pub(super) struct Texts {
    ways: HashMap<&'static str, Vec<Option<usize>>>,
}

impl Texts {
    /// For each state, the number of ASCII characters to a state where a text may end.
    fn way(&mut self, pattern: &'static Pattern) -> &[Option<usize>] {
        self.ways.entry(pattern.source).or_insert_with(|| {
            let end = |accepts: &bool| accepts.then_some(0);
            let mut way: Vec<Option<usize>> = pattern.accepts.iter().map(end).collect();
            loop {
                let mut changed = false;
                for state in 0..way.len() {
                    let next = (0..128).filter_map(|byte| way[step(pattern, state, byte)]).min();
                    let length = next.map(|next| next + 1);
                    if way[state].is_none() && length.is_some() {
                        way[state] = length;
                        changed = true;
                    }
                }
                if !changed {
                    break way;
                }
            }
        })
    }
}

fn step(pattern: &Pattern, state: usize, byte: u8) -> usize {
    let class = usize::from(pattern.classes[usize::from(byte)]);
    usize::from(pattern.next[state * pattern.width + class])
}

fn walk(pattern: &Pattern, state: usize, letter: char) -> usize {
    let mut bytes = [0; 4];
    let bytes = letter.encode_utf8(&mut bytes).bytes();
    bytes.fold(state, |state, byte| step(pattern, state, byte))
}

fn letter_of(rng: &mut Rng, alphabet: &str) -> char {
    let at = rng.usize(..alphabet.chars().count());
    alphabet.chars().nth(at).unwrap_or('x')
}

/// Whether a text keeps its own limits.
#[must_use]
pub(crate) fn fits(limits: &Text, text: &str) -> bool {
    if let Some(values) = limits.values {
        return values.names.contains(&text);
    }
    let length = text.chars().count();
    limits.min <= length
        && length <= limits.max
        && limits.pattern.is_none_or(|pattern| pattern.matches(text))
        && limits.format.is_none_or(|format| format.holds(text))
}

impl Generator {
    /// A text that keeps its limits, if one is found.
    pub(crate) fn text(&mut self, limits: &'static Text) -> String {
        if self.chance(self.mood.slips) {
            return self.any_text(30);
        }
        if let Some(values) = limits.values {
            return values.names[self.rng.usize(..values.names.len())].to_owned();
        }
        for _ in 0..20 {
            let length = self.length(limits);
            let text = match limits.pattern {
                _ if limits.format.is_some() && self.rng.u8(..3) > 0 => self.sample(),
                Some(pattern) => self.matching(pattern, length, limits.max),
                None => self.of_length(length),
            };
            if fits(limits, &text) {
                return text;
            }
        }
        let fitting: Vec<_> = SAMPLES.iter().filter(|sample| fits(limits, sample)).collect();
        self.rng.choice(fitting).copied().unwrap_or_default().to_owned()
    }

    /// How many characters a text has: few, or as many as it may have.
    fn length(&mut self, limits: &Text) -> usize {
        let Text { min, max, .. } = *limits;
        let at_limit = match max {
            0..=128 => 0.2,
            129..=5_000 => 0.02,
            _ => 0.002,
        };
        if max < 100_000 && self.chance(at_limit) {
            return max - usize::from(max > min && self.rng.bool());
        }
        let above = if self.rng.u8(..4) == 0 { 1 } else { 20 };
        self.rng.usize(min..=min.saturating_add(above).min(max))
    }

    fn sample(&mut self) -> String {
        if self.rng.u8(..4) == 0 {
            let (year, month, day) =
                (self.rng.u16(..2_200), self.rng.u8(1..=12), self.rng.u8(1..=31));
            return format!("{year:04}-{month:02}-{day:02}");
        }
        SAMPLES[self.rng.usize(..SAMPLES.len())].to_owned()
    }

    /// Any text of at most so many characters.
    pub(crate) fn any_text(&mut self, most: usize) -> String {
        if self.rng.u8(..4) == 0 {
            return self.sample();
        }
        let length = self.rng.usize(..=most);
        self.of_length(length)
    }

    fn alphabet(&mut self) -> &'static str {
        let of = if self.rng.bool() { 2 } else { ALPHABETS.len() };
        ALPHABETS[self.rng.usize(..of)]
    }

    pub(crate) fn of_length(&mut self, length: usize) -> String {
        let mixed = self.rng.u8(..4) == 0;
        let mut alphabet = self.alphabet();
        // A long text repeats itself, which is quick to make.
        let mut chunk = Vec::new();
        for _ in 0..length.min(40) {
            if mixed {
                alphabet = self.alphabet();
            }
            chunk.push(letter_of(&mut self.rng, alphabet));
        }
        chunk.iter().cycle().take(length).collect()
    }

    /// A text that fits a pattern, of about that length.
    fn matching(&mut self, pattern: &'static Pattern, length: usize, max: usize) -> String {
        let alphabet = self.alphabet();
        let way = self.texts.way(pattern);
        let (mut state, mut text) = (0, String::new());
        for count in 0..max {
            let Some(left) = way[state] else { break };
            if left == 0 && count >= length {
                break;
            }
            // Anything that can still end in time, and else the shortest way to the end.
            let wander = |letter: &char| {
                way[walk(pattern, state, *letter)].is_some_and(|left| count + 1 + left <= length)
            };
            let near = |letter: &char| {
                way[walk(pattern, state, *letter)].is_some_and(|next| next < left.max(1))
            };
            let picks = (0..8).map(|_| letter_of(&mut self.rng, alphabet));
            let letter = picks.collect::<Vec<_>>().into_iter().find(wander);
            let letter = letter.or_else(|| {
                let start = self.rng.u8(..128);
                let mut ascii = (0..128).map(|offset| char::from((start + offset) % 128));
                if count + left < length { ascii.find(wander) } else { ascii.find(near) }
            });
            let Some(letter) = letter else { break };
            state = walk(pattern, state, letter);
            text.push(letter);
        }
        text
    }
}
