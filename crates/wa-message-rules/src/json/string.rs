//! The insides of strings.

/// What the inside of a string stands for, or where it goes wrong.
pub(super) fn unescaped(inside: &str) -> Option<String> {
    let (mut out, mut rest) = (String::with_capacity(inside.len()), inside);
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let (letter, length) = match escape.bytes().next()? {
            letter @ (b'"' | b'\\' | b'/') => (char::from(letter), 1),
            b'b' => ('\u{8}', 1),
            b'f' => ('\u{C}', 1),
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            b'u' => numbered(escape)?,
            _ => return None,
        };
        out.push(letter);
        rest = escape.get(length..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// The letter that numbers stand for, and how long they are. Beyond the first plane it takes two.
fn numbered(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 4)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(1)?;
    if let Some(letter) = char::from_u32(first.into()) {
        return Some((letter, 5));
    }
    let second = unit(7).filter(|_| escape[5..].starts_with("\\u"))?;
    char::decode_utf16([first, second]).next()?.ok().map(|letter| (letter, 11))
}
