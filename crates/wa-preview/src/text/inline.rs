//! What stands in a line: marks, code, and links.

use std::ops::Range;

use maud::{Markup, html};

/// What a line is made of.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Code(&'t str),
    Mono(&'t str),
    Link(&'t str),
    /// What stands between two marks.
    Styled(Mark, Vec<Self>),
}

/// A mark that stands around what it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Bold,
    Italic,
    Struck,
}

impl Mark {
    fn of(sign: char) -> Option<Self> {
        match sign {
            '*' => Some(Self::Bold),
            '_' => Some(Self::Italic),
            '~' => Some(Self::Struck),
            _ => None,
        }
    }
}

/// What a line was cut into.
enum Token<'t> {
    Piece(Piece<'t>),
    /// A mark with its sign, and what became of it.
    Mark(Mark, &'t str, Turn),
}

/// What a mark turned out to be.
#[derive(Clone, Copy)]
enum Turn {
    Sign,
    Begin,
    End,
}

/// A reader of the lines of a text, in their order.
pub(super) struct Inline<'t, 'f> {
    text: &'t str,
    /// What stands between fences and was not read yet.
    fences: &'f [Range<usize>],
    /// How many characters were looked at.
    pub(super) steps: usize,
}

/// A line while it is read.
struct Line<'t> {
    tokens: Vec<Token<'t>>,
    /// Marks that may begin something, the innermost last, with their tokens and what stands behind them.
    open: Vec<(Mark, usize, usize)>,
    /// Where the text begins that is in no token yet.
    rest: usize,
    /// Whether no further backtick stands before the next fence.
    has_no_code: bool,
}

impl<'t, 'f> Inline<'t, 'f> {
    pub(super) fn new(text: &'t str, fences: &'f [Range<usize>]) -> Self {
        Self { text, fences, steps: 0 }
    }

    /// Reads a line.
    pub(super) fn line(&mut self, range: Range<usize>) -> Vec<Piece<'t>> {
        let mut line =
            Line { tokens: Vec::new(), open: Vec::new(), rest: range.start, has_no_code: false };
        let (mut at, mut before) = (range.start, None);
        while at < range.end {
            self.steps += 1;
            let (next, sign) = self.token(&mut line, at, range.end, before);
            (at, before) = (next, Some(sign));
        }
        line.flush(self.text, range.end);
        nested(line.tokens)
    }

    /// Reads what stands at a place, and returns where it ends and its last character.
    fn token(
        &mut self,
        line: &mut Line<'t>,
        at: usize,
        end: usize,
        before: Option<char>,
    ) -> (usize, char) {
        let text = self.text;
        if let Some((fence, others)) = self.fences.split_first()
            && fence.start == at
        {
            self.fences = others;
            line.has_no_code = false;
            line.push(text, at, fence.end, Piece::Mono(&text[at + 3..fence.end - 3]));
            return (fence.end, '`');
        }
        let end = self.fences.first().map_or(end, |fence| fence.start.min(end));
        let here = &text[at..end];
        let mut signs = here.chars();
        let Some(sign) = signs.next() else { return (end, ' ') };
        let (behind, next) = (at + sign.len_utf8(), signs.next());
        let begins_word = before.is_none_or(|before| !before.is_alphanumeric());
        if let Some(mark) = Mark::of(sign) {
            let begins =
                begins_word && next.is_some_and(|next| next != sign && !next.is_whitespace());
            let ends = before.is_some_and(|before| !before.is_whitespace())
                && next.is_none_or(|next| !next.is_alphanumeric());
            line.mark(text, at..behind, mark, begins, ends);
            return (behind, sign);
        }
        if sign == '`' && !line.has_no_code {
            let length = here[1..].find('`');
            self.steps += length.unwrap_or(here.len());
            line.has_no_code = length.is_none();
            if let Some(code) = length.map(|length| &here[1..=length])
                && !code.trim().is_empty()
            {
                line.push(text, at, behind + code.len() + 1, Piece::Code(code));
                return (behind + code.len() + 1, '`');
            }
        }
        if begins_word && let Some(length) = link(here) {
            self.steps += length;
            line.push(text, at, at + length, Piece::Link(&here[..length]));
            return (at + length, here[..length].chars().next_back().unwrap_or(sign));
        }
        (behind, sign)
    }
}

impl<'t> Line<'t> {
    /// Makes a token of the text before a place.
    fn flush(&mut self, text: &'t str, at: usize) {
        if self.rest < at {
            self.tokens.push(Token::Piece(Piece::Text(&text[self.rest..at])));
        }
        self.rest = at;
    }

    fn push(&mut self, text: &'t str, at: usize, end: usize, piece: Piece<'t>) {
        self.flush(text, at);
        self.tokens.push(Token::Piece(piece));
        self.rest = end;
    }

    /// Closes what a mark ends, or opens what it may begin.
    fn mark(&mut self, text: &'t str, at: Range<usize>, mark: Mark, begins: bool, ends: bool) {
        let open = self.open.iter().rposition(|(open, ..)| *open == mark);
        let closes = open.filter(|open| ends && self.open[*open].2 < at.start);
        let turn = match (closes, open) {
            (Some(_), _) => Turn::End,
            (None, None) if begins => Turn::Sign,
            // It stays in the text around it.
            _ => return,
        };
        self.flush(text, at.start);
        match closes {
            None => self.open.push((mark, self.tokens.len(), at.end)),
            Some(open) => {
                let (_, token, _) = self.open[open];
                // What was opened inside and has no end is text.
                self.open.truncate(open);
                if let Some(Token::Mark(_, _, turn)) = self.tokens.get_mut(token) {
                    *turn = Turn::Begin;
                }
            }
        }
        self.rest = at.end;
        self.tokens.push(Token::Mark(mark, &text[at], turn));
    }
}

/// Puts what stands between two marks into one piece.
fn nested(tokens: Vec<Token<'_>>) -> Vec<Piece<'_>> {
    let mut around = Vec::new();
    let mut pieces = Vec::new();
    for token in tokens {
        match token {
            Token::Piece(piece) => pieces.push(piece),
            Token::Mark(_, sign, Turn::Sign) => pieces.push(Piece::Text(sign)),
            Token::Mark(_, _, Turn::Begin) => around.push(std::mem::take(&mut pieces)),
            Token::Mark(mark, _, Turn::End) => {
                let inside = std::mem::replace(&mut pieces, around.pop().unwrap_or_default());
                pieces.push(Piece::Styled(mark, inside));
            }
        }
    }
    pieces
}

/// Draws pieces. At most three of them lie inside of each other, one for each mark.
pub(super) fn drawn(pieces: &[Piece<'_>]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Text(text) => { (text) },
                Piece::Code(text) => { code { (text) } },
                Piece::Mono(text) => { code.wa-mono { (text) } },
                Piece::Link(url) => { a href=(url) rel="noopener noreferrer" { (url) } },
                Piece::Styled(Mark::Bold, inside) => { strong { (drawn(inside)) } },
                Piece::Styled(Mark::Italic, inside) => { em { (drawn(inside)) } },
                Piece::Styled(Mark::Struck, inside) => { s { (drawn(inside)) } },
            }
        }
    }
}

/// How long the link is that a text begins with.
pub(super) fn link(text: &str) -> Option<usize> {
    let is_scheme = |scheme: &&str| {
        text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https://", "http://"].into_iter().find(is_scheme)?;
    let ends = |sign: char| {
        sign.is_whitespace() || sign.is_control() || "<>\"`".contains(sign) || turns(sign)
    };
    let behind = &text[scheme.len()..];
    let whole = &behind[..behind.find(ends).unwrap_or(behind.len())];
    // What ends a sentence, or something between marks, does not belong to it.
    let whole = whole.trim_end_matches(|sign| ".,;:!?)]}'*_~".contains(sign));
    (!whole.is_empty()).then(|| scheme.len() + whole.len())
}

/// Whether a character changes the direction of what follows.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
