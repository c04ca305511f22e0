//! Places in texts.

/// Returns the last place up to here at which a character begins, or the end of a text that is shorter.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
