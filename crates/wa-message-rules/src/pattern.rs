//! Regular expressions, compiled into tables by the generator.

/// A regular expression as a deterministic automaton over the bytes of a text.
#[derive(Debug)]
pub struct Pattern {
    /// The name of its static.
    pub name: &'static str,
    /// The expression as the description has it.
    pub source: &'static str,
    /// The class of each byte.
    pub classes: &'static [u8; 256],
    /// How many classes there are.
    pub width: usize,
    /// The next state, by state and class. State 0 is the first.
    pub next: &'static [u16],
    /// Whether a text may end in the state.
    pub accepts: &'static [bool],
}

/// Patterns are the same if they are made of the same expression.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Pattern {
    /// Whether the whole of a text is in the language of the pattern.
    #[must_use]
    pub const fn matches(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut state = 0;
        let mut at = 0;
        while at < bytes.len() {
            let class = self.classes[bytes[at] as usize] as usize;
            state = self.next[state * self.width + class] as usize;
            at += 1;
        }
        self.accepts[state]
    }
}
