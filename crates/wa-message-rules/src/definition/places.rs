//! Which button of a template a message means.

use super::layout::{Definition, Layout};

/// The index of each button, by its kind, where all definitions have it at the same place.
pub(super) fn of_all(
    definitions: &[&Definition],
    card: Option<usize>,
    kinds: &[&str],
) -> Vec<Option<usize>> {
    let layouts = definitions.iter().map(|definition| layout_of(definition, card));
    let mut all = layouts.map(|layout| layout.map_or_else(Vec::new, |layout| of(layout, kinds)));
    let Some(mut indexes) = all.next() else { return vec![None; kinds.len()] };
    indexes.resize(kinds.len(), None);
    for others in all {
        for (at, index) in indexes.iter_mut().enumerate() {
            if others.get(at) != Some(index) {
                *index = None;
            }
        }
    }
    indexes
}

/// The template itself, or a card of it. Of cards of which a message has as many as it likes, the last goes on.
pub(super) fn layout_of(definition: &Definition, card: Option<usize>) -> Option<&Layout> {
    let Some(card) = card else { return Some(&definition.layout) };
    let cards = definition.cards.as_deref()?;
    let last = cards.last().filter(|_| any_number(cards));
    cards.get(card).or(last)
}

/// Whether a message has as many cards as it likes.
pub(super) fn any_number(cards: &[Layout]) -> bool {
    let formats = cards.iter().filter_map(|card| card.header.as_ref()?.format);
    formats.take(1).any(|format| format.any_number)
}

/// The n-th of a kind belongs to the n-th button of that kind that takes a value.
fn of(layout: &Layout, kinds: &[&str]) -> Vec<Option<usize>> {
    let mut is_taken = vec![false; layout.buttons.len()];
    let place = |kind: &&str| {
        let fits = |(index, is_taken): &(usize, &bool)| {
            let button = &layout.buttons[*index];
            let is_kind = button.kind.is_some_and(|known| known.sent_as.eq_ignore_ascii_case(kind));
            !**is_taken && is_kind && button.is_fillable()
        };
        let index = is_taken.iter().enumerate().find(fits).map(|(index, _)| index)?;
        is_taken[index] = true;
        Some(index)
    };
    kinds.iter().map(place).collect()
}
