//! Components of their own, and cards.

use super::{
    Checker, Place,
    given::{Given, Items},
};
use crate::{
    definition::{
        mismatch::MismatchKind,
        places,
        table::{ComponentKind, Role},
    },
    node::{Count, Node, Value},
};

impl<'a, N: Node<'a>> Checker<'_, N> {
    /// Components of their own are there if the definition has them.
    pub(super) fn parts(&mut self, place: &Place<'_, N>) {
        let definition = self.definition;
        for part in &definition.parts {
            if part.is_needed && !place.given.is_open && place.given.tagged(part.sent_as).is_none()
            {
                let mismatch = self.mismatch(MismatchKind::PartNeeded { says: part.says });
                self.error(
                    place.at,
                    place.path.clone(),
                    rule_of(self.is_mark(part.sent_as)),
                    mismatch.write(part.write),
                );
            }
        }
        for component in &place.given.components {
            let tag = component.tag();
            let is_held = definition.parts.iter().any(|part| part.sent_as == tag);
            let is_part = |kind: &ComponentKind| kind.role == Role::Part && kind.sent_as == tag;
            let is_mark = self.is_mark(tag);
            let is_known = is_mark || self.demands.components.iter().any(is_part);
            if is_held || !is_known || definition.has_unknown {
                continue;
            }
            // What a component does not show may be missing from the file.
            let has_other = definition.marks.iter().any(|(mark, _)| mark.sent_as == tag);
            let is_certain = !is_mark || has_other;
            let kind = MismatchKind::PartNotTaken { component: tag.to_owned(), is_certain };
            let mismatch = self.mismatch(kind);
            let (node, path) = (component.node, component.path.clone());
            if is_certain {
                self.error(node, path, rule_of(is_mark), mismatch);
            } else {
                self.advise(node, path, rule_of(is_mark), mismatch);
            }
        }
        for beside in self.demands.beside {
            let Some(component) = place.given.tagged(beside.sent_as) else { continue };
            let mut kinds = place.layout.buttons.iter().map(|button| button.kind);
            let may_have = kinds.any(|kind| kind.is_none_or(|kind| kind.sent_as == beside.button));
            if !may_have && !definition.has_unknown {
                let (component_name, button) = (beside.sent_as, beside.button);
                let kind = MismatchKind::NeedsButton { component: component_name, button };
                let mismatch = self.mismatch(kind);
                self.advise(component.node, component.path.clone(), 19, mismatch);
            }
        }
    }

    fn is_mark(&self, tag: &str) -> bool {
        self.demands.marks.iter().any(|mark| mark.sent_as == tag)
    }

    /// As many cards as the template has, each like its card there.
    pub(super) fn cards(&mut self, place: &Place<'_, N>) {
        let (definition, sent) = (self.definition, &self.demands.sent);
        let tag = self.demands.sent_as(Role::Cards);
        let given = place.given.tagged(tag);
        let (cards, component) = match (&definition.cards, given) {
            (None, None) => return,
            (None, Some(component)) => {
                if !definition.has_unknown {
                    let component_name = tag.to_owned();
                    let kind =
                        MismatchKind::PartNotTaken { component: component_name, is_certain: true };
                    let mismatch = self.mismatch(kind);
                    self.error(component.node, component.path.clone(), 16, mismatch);
                }
                return;
            }
            (Some(_), None) => {
                let row = self.demands.components.iter().find(|kind| kind.role == Role::Cards);
                if let Some(row) = row.filter(|_| !place.given.is_open) {
                    let mismatch = self.mismatch(MismatchKind::PartNeeded { says: row.says });
                    self.error(place.at, place.path.clone(), 16, mismatch.write(row.write));
                }
                return;
            }
            (Some(cards), Some(component)) => (cards, component),
        };
        let array = component.node.member(sent.cards);
        let items = Items::of(component.node, sent.cards);
        let (Some(array), Items::All(items)) = (array, items) else { return };
        let path = component.path.member(sent.cards);
        let (certain, maybe, is_endless) = Items::count(&items);
        let is_wrong = certain > cards.len() || !is_endless && certain + maybe < cards.len();
        if is_wrong && !places::any_number(cards) {
            let found = if certain > cards.len() { certain } else { certain + maybe };
            let kind = MismatchKind::CardCount { wanted: cards.len(), found };
            let mismatch = self.mismatch(kind);
            self.error(array, path.clone(), 16, mismatch);
        }
        for (position, item) in items.iter().enumerate() {
            let index = match item.node.member(sent.card_index).map(Node::value) {
                Some(value) if value.is_open() => continue,
                Some(Value::Text(text)) => text.parse().ok(),
                Some(value) => value.whole().and_then(|whole| usize::try_from(whole).ok()),
                None if item.node.is_partial() => continue,
                None => (item.count == Count::Once).then_some(position),
            };
            let layout = index.and_then(|card| places::layout_of(definition, Some(card)));
            let Some(layout) = layout else { continue };
            let path = path.item(position).member(sent.components);
            let given = Given::of(item.node, sent, &path);
            self.place(&Place { layout, given, at: item.node, path, card: index });
        }
    }
}

/// The rule of components of their own: that of marks or that of offers.
fn rule_of(is_mark: bool) -> u16 {
    if is_mark { 18 } else { 17 }
}
