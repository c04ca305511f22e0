//! Texts as constants see them: every function here also runs in a `const`.

/// The number of Unicode code points of a text.
#[inline]
#[must_use]
pub const fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        // A byte that continues a code point starts with the bits 10.
        if bytes[at] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        at += 1;
    }
    count
}

/// Whether a text has from `min` to `max` code points.
#[inline]
#[must_use]
pub const fn fits(text: &str, min: usize, max: usize) -> bool {
    // A code point has one to four bytes, so most texts need not be counted.
    if text.len() <= max && text.len() / 4 >= min {
        return true;
    }
    if min == 1 && text.len() <= max {
        return !text.is_empty();
    }
    let length = length(text);
    min <= length && length <= max
}

/// Whether two texts are the same.
#[inline]
#[must_use]
pub const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The code point that starts at a byte, and the byte after it. `at` lies on a boundary.
pub(crate) const fn code_point(bytes: &[u8], at: usize) -> (u32, usize) {
    let first = bytes[at] as u32;
    let (start, more) = match first {
        0..0x80 => return (first, at + 1),
        0x80..0xE0 => (first & 0x1F, 1),
        0xE0..0xF0 => (first & 0x0F, 2),
        _ => (first & 0x07, 3),
    };
    let (mut value, mut offset) = (start, 1);
    while offset <= more {
        value = value << 6 | (bytes[at + offset] & 0x3F) as u32;
        offset += 1;
    }
    (value, at + 1 + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_code_points() {
        for text in ["", "a", "ü", "漢字", "👍🏽", "a\u{301}"] {
            assert_eq!(length(text), text.chars().count(), "{text:?}");
        }
        assert!(fits("ü", 1, 1) && fits("👍", 1, 1) && !fits("ab", 1, 1) && !fits("", 1, 1));
        assert!(fits("", 0, 0) && !fits("ü", 2, 4) && fits("üü", 2, 2) && fits("aaaaaaaa", 2, 9));
    }

    #[test]
    fn code_points_are_read_as_std_reads_them() {
        let text = "aü漢👍\u{10FFFF}\0";
        let mut at = 0;
        for expected in text.chars() {
            let (found, next) = code_point(text.as_bytes(), at);
            assert_eq!(found, expected as u32);
            at = next;
        }
        assert_eq!(at, text.len());
    }
}
