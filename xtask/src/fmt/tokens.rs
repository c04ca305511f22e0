//! The tokens of a file, with their places.

use std::ops::Range;

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// A token other than white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) is: Is,
    pub(super) range: Range<usize>,
}

/// What the formatter has to know of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    Comment,
    Open(char),
    Close(char),
    Comma,
    /// A colon that is no part of `::`.
    Colon,
    Name,
    Text,
    Other,
}

/// The tokens of a text.
pub(super) struct Tokens<'t> {
    text: &'t str,
    all: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let (mut all, mut at) = (Vec::new(), 0);
        for token in tokenize(text, FrontmatterAllowed::No) {
            let range = at..at + token.len as usize;
            at = range.end;
            let is = match token.kind {
                TokenKind::Whitespace => continue,
                TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Is::Comment,
                TokenKind::OpenParen => Is::Open('('),
                TokenKind::OpenBracket => Is::Open('['),
                TokenKind::OpenBrace => Is::Open('{'),
                TokenKind::CloseParen => Is::Close(')'),
                TokenKind::CloseBracket => Is::Close(']'),
                TokenKind::CloseBrace => Is::Close('}'),
                TokenKind::Comma => Is::Comma,
                TokenKind::Colon => colon(&mut all, &range),
                TokenKind::Ident | TokenKind::RawIdent => Is::Name,
                TokenKind::Literal { .. } => Is::Text,
                _ => Is::Other,
            };
            all.push(Token { is, range });
        }
        Self { text, all }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.all.get(index)
    }

    pub(super) fn is(&self, index: usize, is: Is) -> bool {
        self.get(index).is_some_and(|token| token.is == is)
    }

    /// Where a token starts in the text.
    pub(super) fn start(&self, index: usize) -> usize {
        self.get(index).map_or(self.text.len(), |token| token.range.start)
    }

    /// The text from one token up to another, without the white space before that.
    pub(super) fn text(&self, from: usize, to: usize) -> &'t str {
        match (self.get(from), to.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) if from < to => &self.text[first.range.start..last.range.end],
            _ => "",
        }
    }

    /// The white space before a token.
    pub(super) fn before(&self, index: usize) -> &'t str {
        let end = self.start(index);
        let start = index.checked_sub(1).and_then(|last| self.get(last));
        &self.text[start.map_or(0, |token| token.range.end)..end]
    }

    /// The blanks at the start of the line that a token stands in.
    pub(super) fn indent(&self, index: usize) -> usize {
        indent(self.text, self.start(index))
    }

    /// The next `wa_message! {` from an index on.
    pub(super) fn invocation(&self, from: usize) -> Option<usize> {
        (from..self.all.len()).find(|index| {
            self.text(*index, index + 1) == "wa_message"
                && self.text(index + 1, index + 2) == "!"
                && self.is(index + 2, Is::Open('{'))
        })
    }

    /// The token that closes a bracket.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (index, token) in self.all.iter().enumerate().skip(open) {
            match token.is {
                Is::Open(_) => depth += 1,
                Is::Close(_) => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(index);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The end of `<kind>` behind an opening brace.
    pub(super) fn kind(&self, open: usize) -> Option<usize> {
        let is = |index: usize, text: &str| self.text(index, index + 1) == text;
        let whole = is(open + 1, "<") && self.is(open + 2, Is::Name) && is(open + 3, ">");
        whole.then_some(open + 4)
    }
}

/// Whether a colon stands alone. The first of two is told so later.
fn colon(all: &mut [Token], range: &Range<usize>) -> Is {
    match all.last_mut() {
        Some(last) if last.range.end == range.start && last.is == Is::Colon => {
            last.is = Is::Other;
            Is::Other
        }
        _ => Is::Colon,
    }
}

/// The number of blanks at the start of the line of a place.
pub(super) fn indent(text: &str, at: usize) -> usize {
    let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..];
    line.len() - line.trim_start_matches(' ').len()
}
