//! Blocks of code in Markdown, between fences, that say that they are JSON or requests.

use super::{Form, Piece};

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut open: Option<(Fence, usize)> = None;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        match open {
            None => open = Fence::opens(line).map(|fence| (fence, start)),
            Some((fence, from)) if fence.is_closed_by(line) => {
                open = None;
                pieces.extend(fence.pieces(text, from, at));
            }
            Some(_) => {}
        }
    }
    pieces
}

/// The beginning of a block.
#[derive(Debug, Clone, Copy)]
struct Fence {
    mark: char,
    length: usize,
    form: Option<Form>,
}

impl Fence {
    fn opens(line: &str) -> Option<Self> {
        // A block may lie in a list or a quote.
        let line = line.trim_start_matches([' ', '\t', '>']);
        let mark = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
        let behind = line.trim_start_matches(mark);
        let length = line.len() - behind.len();
        if length < 3 {
            return None;
        }
        let word = |found: char| found.is_whitespace() || matches!(found, ',' | '{' | ':');
        let language = behind.trim().split(word).next().unwrap_or_default();
        // Documentation has comments in its JSON.
        let form = match Form::of(language) {
            Some(Form::Json) => Some(Form::Relaxed),
            Some(Form::Markdown) => None,
            form => form,
        };
        Some(Self { mark, length, form })
    }

    fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim_matches([' ', '\t', '>', '\n', '\r']);
        line.len() >= self.length && line.chars().all(|found| found == self.mark)
    }

    fn pieces(self, text: &str, from: usize, to: usize) -> Vec<Piece> {
        let Some(form) = self.form else { return Vec::new() };
        let mut pieces = form.pieces(&text[from..to]);
        for piece in &mut pieces {
            piece.bytes = piece.bytes.start + from..piece.bytes.end + from;
        }
        pieces
    }
}
