//! Gives buttons the index that they have in the definition of the template.
//!
//! A button that takes no value has an index all the same. So the position of a button in a message is the index of
//! another one as soon as such a button stands before it, unless the definition says better.

use std::borrow::Cow;

use wa_message_rules::definition::Definitions;
use wa_message_spec::templates::DEMANDS;

use super::Named;
use crate::tree::{Content, Item, Tree};

/// Fills in the indexes of the buttons of a template for which none is written.
pub(super) fn buttons(tree: &mut Tree, definitions: &Definitions, named: &Named) {
    let sent = &DEMANDS.sent;
    let template = sent.way.iter().try_fold(tree, |tree, name| tree.member_mut(name));
    let Some(components) = template.and_then(|it| it.member_mut(sent.components)) else { return };
    of_layout(components, definitions, named, None);
    let Content::List(items) = &mut components.content else { return };
    for cards in items.iter_mut().filter_map(one).filter_map(|it| it.member_mut(sent.cards)) {
        let Content::List(cards) = &mut cards.content else { continue };
        for (position, card) in cards.iter_mut().enumerate() {
            // How many cards a loop makes is not known here.
            let Some(card) = one(card) else { break };
            let position = match card.member(sent.card_index).map(|it| &it.content) {
                Some(Content::Integer(written)) => usize::try_from(*written).ok(),
                _ => Some(position),
            };
            if let (Some(position), Some(components)) = (position, card.member_mut(sent.components))
            {
                of_layout(components, definitions, named, Some(position));
            }
        }
    }
}

/// The buttons among the components of a template, or of a card of it.
fn of_layout(components: &mut Tree, definitions: &Definitions, named: &Named, card: Option<usize>) {
    let sent = &DEMANDS.sent;
    let Content::List(items) = &mut components.content else { return };
    // Which buttons a loop or a condition makes is not known here, and where others come to lie behind them.
    if items.iter().any(|item| !matches!(item, Item::One(_))) {
        return;
    }
    let is_button = |tree: &Tree| text(tree, sent.tag).is_some_and(|it| it == sent.button);
    let mut buttons: Vec<_> = items.iter_mut().filter_map(one).filter(|it| is_button(it)).collect();
    let kinds: Vec<_> =
        buttons.iter().map(|it| text(it, sent.sub_type).unwrap_or_default().into_owned()).collect();
    let kinds: Vec<_> = kinds.iter().map(String::as_str).collect();
    let language = named.language.as_deref();
    let indexes = definitions.button_indexes(&named.name, language, card, &kinds);
    let at = |button: &Tree| button.member(sent.index).cloned();
    let written = buttons.iter().filter_map(|it| at(it)).filter(|at| !at.is_filled_in);
    let mut taken: Vec<usize> = written.filter_map(|at| number(&at)).collect();
    taken.extend(indexes.iter().flatten());
    for (button, index) in buttons.iter_mut().zip(indexes) {
        let Some(at) = button.member_mut(sent.index).filter(|at| at.is_filled_in) else { continue };
        let index = index.or_else(|| {
            // The position, unless another button has that index now.
            let free = (number(at)?..).find(|index| !taken.contains(index))?;
            taken.push(free);
            Some(free)
        });
        match (index, &mut at.content) {
            (Some(index), Content::Text(text)) => *text = index.to_string(),
            (Some(index), content @ Content::Integer(_)) => {
                *content = Content::Integer(i128::try_from(index).unwrap_or(i128::MAX));
            }
            _ => {}
        }
    }
}

/// The number of an index, if it is known.
fn number(at: &Tree) -> Option<usize> {
    match &at.content {
        Content::Text(text) => text.parse().ok(),
        Content::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

fn one(item: &mut Item) -> Option<&mut Tree> {
    match item {
        Item::One(tree) => Some(tree),
        _ => None,
    }
}

fn text<'t>(tree: &'t Tree, name: &str) -> Option<Cow<'t, str>> {
    match &tree.member(name)?.content {
        Content::Text(text) => Some(Cow::Borrowed(text)),
        _ => None,
    }
}
