//! The pieces of a text around its placeholders.

use super::{
    placeholder::{FIRST, length},
    tag::Tag,
};

/// A part of a text between placeholders.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) at: usize,
    pub(super) text: &'t str,
    /// Whether it is there whatever the tags say.
    pub(super) is_certain: bool,
}

/// What stands in a text around its placeholders.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    /// There is one if there is no placeholder.
    pub(super) all: Vec<Piece<'t>>,
    /// Whether some of it is there on a condition.
    pub(super) has_tags: bool,
    /// How many blocks are open.
    open: usize,
    /// Whether blocks begin or end elsewhere.
    is_crossed: bool,
}

/// Returns what stands around the placeholders of a text.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find(FIRST) {
        let start = at + next;
        if let Some(length) = length(&text[start..]) {
            let place = &text[start..start + length];
            pieces.push(from, before(&text[from..start], place));
            pieces.take(Tag::of(place, true));
            at = start + length;
            if takes_space_behind(place) {
                at = text.len() - text[at..].trim_ascii_start().len();
            }
            from = at;
        } else {
            at = start + 1;
        }
    }
    pieces.push(from, &text[from..]);
    if pieces.is_crossed {
        pieces.all.iter_mut().for_each(|piece| piece.is_certain = false);
    }
    pieces
}

impl<'t> Pieces<'t> {
    fn push(&mut self, at: usize, text: &'t str) {
        self.all.push(Piece { at, text, is_certain: self.open == 0 });
    }

    fn take(&mut self, tag: Tag<'_>) {
        self.has_tags |= !matches!(tag, Tag::Value | Tag::Nothing);
        match tag {
            Tag::Opens { .. } => self.open += 1,
            Tag::Closes(_) if self.open > 0 => self.open -= 1,
            Tag::Closes(_) => self.is_crossed = true,
            Tag::Between => self.is_crossed |= self.open == 0,
            Tag::Value | Tag::Nothing | Tag::Alone => {}
        }
    }
}

/// What is left of a text before a placeholder.
fn before<'t>(text: &'t str, place: &str) -> &'t str {
    let takes_space = |sign: u8| matches!(sign, b'-' | b'~' | b'_');
    if place.as_bytes().get(2).copied().is_some_and(takes_space) {
        return text.trim_ascii_end();
    }
    // `\{{name}}` stands for the braces in Handlebars.
    let escapes = text.len() - text.trim_end_matches('\\').len();
    if escapes % 2 == 1 { &text[..text.len() - 1] } else { text }
}

/// Whether a placeholder takes the space behind it away: `{{ name -}}`.
fn takes_space_behind(place: &str) -> bool {
    let inside = place.trim_end_matches(['}', '%', '#', '>']);
    inside.ends_with(['-', '~', '_'])
}
