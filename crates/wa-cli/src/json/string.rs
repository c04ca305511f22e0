//! Texts in JSON: their escapes, and where each character of what they mean stands.

/// The meaning of a text in JSON, and where it stands in it.
#[derive(Debug, Default)]
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// Places of the meaning, each with that of the text in JSON, from which others are counted.
    marks: Vec<(usize, usize)>,
    /// What is wrong with it, and where.
    pub(crate) broken: Option<(usize, &'static str)>,
}

impl Unescaped {
    /// Reads what stands between the quotes.
    pub(crate) fn new(inside: &str) -> Self {
        let mut out = Self { marks: vec![(0, 0)], ..Self::default() };
        let mut rest = inside;
        while let Some(at) = rest.find('\\') {
            let start = inside.len() - rest.len() + at;
            out.text.push_str(&rest[..at]);
            let (meaning, length) = escape(&inside[start..]);
            if meaning.is_none() {
                out.broken.get_or_insert((start, "no such escape is known"));
            }
            out.text.push(meaning.unwrap_or(char::REPLACEMENT_CHARACTER));
            rest = &inside[start + length..];
            out.marks.push((out.text.len(), start + length));
        }
        out.text.push_str(rest);
        out
    }

    /// The place in the text in JSON of a place in its meaning, both counted from the first character.
    pub(crate) fn outer(&self, at: usize) -> usize {
        let before = self.marks.partition_point(|(inner, _)| *inner <= at).saturating_sub(1);
        let (inner, outer) = self.marks.get(before).copied().unwrap_or_default();
        outer + at.saturating_sub(inner)
    }
}

/// The character of the escape that a text begins with, and how long the escape is.
fn escape(text: &str) -> (Option<char>, usize) {
    let Some(kind) = text[1..].chars().next() else { return (None, 1) };
    let simple = match kind {
        '"' | '\\' | '/' => kind,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unit(text),
        _ => return (None, 1 + kind.len_utf8()),
    };
    (Some(simple), 2)
}

/// `\u0041`, or a pair of them.
fn unit(text: &str) -> (Option<char>, usize) {
    let Some(first) = hex(text) else { return (None, 2) };
    if !(0xD800..0xDC00).contains(&first) {
        return (char::from_u32(first), 6);
    }
    let second = text.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(hex);
    match second.filter(|second| (0xDC00..0xE000).contains(second)) {
        Some(second) => {
            (char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)), 12)
        }
        None => (None, 6),
    }
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(2..6)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
