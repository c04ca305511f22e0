//! Gives buttons the index that they have in the definition of the template.
//!
//! A button that takes no value has an index all the same. So the position of a button in a message is the index of
//! another one as soon as such a button stands before it, unless the definition says better.

use std::{borrow::Cow, collections::HashSet};

use wa_message_rules::definition::Definitions;
use wa_message_spec::templates::DEMANDS;

use super::Named;
use crate::{
    diagnostic::Spot,
    tree::{Content, Item, Tree},
};

/// A button whose index is another one than its position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved {
    pub(super) spot: Spot,
    /// The index that it has without a definition.
    pub(super) position: usize,
    /// The index that it has now.
    pub(super) now: usize,
}

/// Fills in the indexes of the buttons of a template for which none is written. Returns those that are not what the
/// position would say.
pub(super) fn buttons(tree: &mut Tree, definitions: &Definitions, named: &Named) -> Vec<Moved> {
    let mut moved = Vec::new();
    let sent = &DEMANDS.sent;
    let template = sent.way.iter().try_fold(tree, |tree, name| tree.member_mut(name));
    let Some(components) = template.and_then(|it| it.member_mut(sent.components)) else {
        return moved;
    };
    of_layout(components, definitions, named, None, &mut moved);
    let Content::List(items) = &mut components.content else { return moved };
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
                of_layout(components, definitions, named, Some(position), &mut moved);
            }
        }
    }
    moved
}

/// The buttons among the components of a template, or of a card of it.
fn of_layout(
    components: &mut Tree,
    definitions: &Definitions,
    named: &Named,
    card: Option<usize>,
    moved: &mut Vec<Moved>,
) {
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
    let mut taken: HashSet<usize> = written.filter_map(|at| number(&at)).collect();
    taken.extend(indexes.iter().copied().flatten());
    for (button, index) in buttons.iter_mut().zip(indexes) {
        let spot = button.spot;
        let Some(at) = button.member_mut(sent.index).filter(|at| at.is_filled_in) else { continue };
        let before = number(at);
        let index = index.or_else(|| {
            // The position, unless another button has that index now.
            let position = number(at)?;
            let mut places = position..=position.saturating_add(taken.len());
            let free = places.find(|index| !taken.contains(index))?;
            taken.insert(free);
            Some(free)
        });
        if let (Some(position), Some(now)) = (before, index)
            && position != now
        {
            moved.push(Moved { spot, position, now });
        }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Templates, analyse_with};

    #[test]
    fn buttons_without_a_place_of_their_own_take_none_from_others() {
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add(
            "t.json",
            r#"{"name":"hello","language":"en","components":[{"type":"BODY","text":"Hi."},{"type":"BUTTONS","buttons":[
                {"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550100"},
                {"type":"URL","text":"See","url":"https://example.org/{{1}}"},
                {"type":"QUICK_REPLY","text":"Yes"}]}]}"#,
        );
        let templates = Arc::new(Templates::of(definitions));
        let indexes = |buttons: &str| {
            let input = format!(
                "[wa] <template> to: \"1\", name: \"hello\", language: \"en\", buttons: [{buttons}]"
            );
            let analysis = analyse_with(input.parse().unwrap(), &templates);
            let (_, tree) = analysis.document.as_ref().unwrap();
            let components = tree.member("template").unwrap().member("components").unwrap();
            let Content::List(items) = &components.content else { panic!("{components:?}") };
            let found = items.iter().flat_map(Item::trees).map(|item| {
                match &item.member("index").unwrap().content {
                    Content::Text(text) => text.clone(),
                    Content::Integer(number) => number.to_string(),
                    other => format!("{other:?}"),
                }
            });
            found.collect::<Vec<_>>()
        };
        assert_eq!(indexes("{ url: \"a\" }"), ["1"]);
        let advice = |buttons: &str| {
            let source = format!(
                "[wa] <template> to: \"+15550100\", name: \"hello\", language: \"en\", buttons: [{buttons}]"
            );
            let advice = analyse_with(source.parse().unwrap(), &templates).advice();
            advice.into_iter().map(|said| said.message).collect::<Vec<_>>()
        };
        let moved =
            "this is button 1 of `hello`, and would be button 0 if the definition were not found";
        assert_eq!(advice("{ url: \"a\" }"), [moved]);
        assert_eq!(advice("{ url: \"a\", index: 1 }"), [""; 0]);
        assert_eq!(advice("{ quick_reply: \"a\", index: 2 }, { url: \"a\" }"), [""; 0]);
        assert_eq!(indexes("{ quick_reply: \"a\" }, { url: \"a\" }"), ["2", "1"]);
        assert_eq!(indexes("{ url: \"a\" }, { url: \"b\" }"), ["1", "2"]);
        assert_eq!(indexes("{ copy_code: \"a\" }"), ["0"]);
        assert_eq!(indexes("{ url: \"a\", index: \"0\" }, { quick_reply: \"b\" }"), ["0", "2"]);
        // Of what a loop makes, nothing is known.
        assert_eq!(indexes("{ url: \"a\" }, for x in xs { url: x }")[0], "0");
    }
}
