//! Buttons: each at its index, with a value where it takes one.

use std::{collections::HashMap, fmt::Write as _};

use super::{
    Checker, Place,
    given::{Component, Items, text_at},
};
use crate::{
    definition::{
        layout::{Button, Layout},
        mismatch::{MismatchKind, Of, QUOTED_AT_MOST, Text},
        table::Role,
        variables::Words,
    },
    node::{Node, Path, Value},
};

impl<'a, N: Node<'a>> Checker<'_, N> {
    pub(super) fn buttons(&mut self, place: &Place<'_, N>) {
        let layout = place.layout;
        if self.definition.has_unknown && layout.buttons.is_empty() {
            return;
        }
        let tag = self.demands.sent_as(Role::Buttons);
        let mut is_open = place.given.is_open;
        let mut given = Vec::new();
        for component in place.given.all_tagged(tag) {
            match self.index(component) {
                Some(index) => given.push((component, index)),
                None => is_open = true,
            }
        }
        let mut is_filled = vec![false; layout.buttons.len()];
        for (_, index) in &given {
            if let Some(is_filled) = is_filled.get_mut(*index) {
                *is_filled = true;
            }
        }
        let mut meant_from = HashMap::new();
        for (component, index) in given {
            let Some(misfit) = self.misfit(place, component, index) else {
                self.button(place, component, index, &layout.buttons[index]);
                continue;
            };
            let (rule, kind) = misfit;
            let meant = self.meant(layout, component, &is_filled, &mut meant_from);
            // It is one mistake, and not a second one that the other button gets nothing.
            if let Some(meant) = meant {
                is_filled[meant] = true;
            }
            let mut mismatch = self.mismatch(kind).quoting(listed(layout)).meaning(meant);
            let needed = layout.buttons.get(index).filter(|button| button.is_needed());
            if let Some(kind) = needed.and_then(|button| button.kind) {
                mismatch = mismatch.write(kind.write);
            }
            self.error(component.node, component.path.clone(), rule, mismatch);
        }
        if is_open {
            return;
        }
        for (index, button) in layout.buttons.iter().enumerate() {
            if let Some(kind) = button.kind.filter(|_| button.is_needed() && !is_filled[index]) {
                let (card, says) = (place.card, kind.says);
                let kind_of = MismatchKind::ButtonMissing { card, index, says };
                let mismatch = self.mismatch(kind_of).quoting(listed(layout));
                let mismatch =
                    mismatch.write(format!("{}: [{}]", self.demands.sent.buttons, kind.write));
                self.error(place.at, place.path.clone(), 9, mismatch);
            }
        }
    }

    /// The index of a button, if it is known.
    fn index(&self, component: &Component<N>) -> Option<usize> {
        match component.node.member(self.demands.sent.index)?.value() {
            Value::Text(text) => text.parse().ok(),
            value => usize::try_from(value.whole()?).ok(),
        }
    }

    /// Why a button cannot be at its index, with the number of the rule.
    fn misfit(
        &self,
        place: &Place<'_, N>,
        component: &Component<N>,
        index: usize,
    ) -> Option<(u16, MismatchKind)> {
        let (card, buttons) = (place.card, &place.layout.buttons);
        let Some(button) = buttons.get(index) else {
            let count = buttons.len();
            return Some((11, MismatchKind::NoButton { card, index, count }));
        };
        let kind = button.kind?;
        if !button.is_fillable() {
            return Some((10, MismatchKind::ButtonFixed { card, index }));
        }
        let found = component.node.text_of(self.demands.sent.sub_type)?;
        let is_other = !found.eq_ignore_ascii_case(kind.sent_as);
        let found = crate::shown(&found).into_owned();
        is_other.then_some((11, MismatchKind::ButtonKind { card, index, wanted: kind.says, found }))
    }

    /// The button of this kind that nothing fills, if there is one. `from` has where each kind is looked for: what was
    /// passed over once is filled or of another kind.
    fn meant(
        &self,
        layout: &Layout,
        component: &Component<N>,
        is_filled: &[bool],
        from: &mut HashMap<&'static str, usize>,
    ) -> Option<usize> {
        let found = component.node.text_of(self.demands.sent.sub_type)?;
        let mut kinds = self.demands.buttons.iter().map(|kind| kind.sent_as);
        let kind = kinds.find(|kind| kind.eq_ignore_ascii_case(&found))?;
        let from = from.entry(kind).or_insert(0);
        let mut buttons = layout.buttons.iter().zip(is_filled).enumerate().skip(*from);
        let is_meant = |(_, (button, is_filled)): &(usize, (&Button, &bool))| {
            !**is_filled
                && button.kind.is_some_and(|known| known.sent_as == kind)
                && button.is_fillable()
        };
        let meant = buttons.find(is_meant).map(|(index, _)| index);
        *from = meant.unwrap_or(layout.buttons.len());
        meant
    }

    fn button(
        &mut self,
        place: &Place<'_, N>,
        component: &Component<N>,
        index: usize,
        button: &Button,
    ) {
        let (sent, card) = (&self.demands.sent, place.card);
        let Some(kind) = button.kind else { return };
        let (at, path) = (component.node, &component.path);
        let Items::All(items) = Items::of(component.node, sent.parameters) else { return };
        let Some(first) = items.first() else { return };
        let parameters = path.member(sent.parameters);
        if let Some(words) = &button.words {
            let of = Of { part: Text::Button(index), card };
            self.length(of, words, &items, kind.most, (at, path));
            self.suffix(index, words, first.node, &parameters.item(0));
        }
        let useful = kind.useful_with.filter(|_| !button.is_useful);
        if let Some((way, member, value)) = useful
            && way.iter().try_fold(first.node, |node, name| node.member(name)).is_some()
        {
            let path = way.iter().fold(parameters.item(0), |path, name| path.member(name));
            let needless = way.last().copied().unwrap_or_default();
            let kind = MismatchKind::Useless { index, member: needless, needs: (member, value) };
            let mismatch = self.mismatch(kind);
            self.advise(first.node, path, 15, mismatch);
        }
    }

    /// What stands before the variable of an address is not given again.
    fn suffix(&mut self, index: usize, words: &Words, parameter: N, path: &Path) {
        let Some((node, value)) = text_at(parameter, self.demands.sent.text) else { return };
        let beginning = words.beginning();
        let is_whole = value.starts_with("https://") || value.starts_with("http://");
        if is_whole || !beginning.is_empty() && value.starts_with(beginning) {
            let mismatch = self.mismatch(MismatchKind::SuffixAlone { index }).quoting(words.text());
            let path = path.member(self.demands.sent.text);
            self.advise(node, path, 12, mismatch);
        }
    }

    /// A one-time code is short, and the same in the body and in the button.
    pub(super) fn codes(&mut self, place: &Place<'_, N>) {
        let sent = &self.demands.sent;
        let is_code = |button: &Button| {
            let is_one = button.kind.is_some_and(|kind| kind.is_code);
            is_one || self.definition.is_for_codes && button.words.is_some()
        };
        let codes: Vec<_> = place.layout.buttons.iter().map(is_code).collect();
        let body = place.given.tagged(self.demands.sent_as(Role::Body));
        let value = |component: &Component<N>| {
            let parameters = component.node.member(sent.parameters)?;
            let Value::List(items) = parameters.value() else { return None };
            text_at(items.first()?.node, sent.text)
        };
        let Some(body) = body else { return };
        let Some((node, code)) = value(body) else { return };
        let (length, max) = (code.chars().count(), sent.codes_most);
        if self.definition.is_for_codes && length > max {
            let path = body.path.member(sent.parameters).item(0).member(sent.text);
            let mismatch = self.mismatch(MismatchKind::CodeTooLong { length, max });
            self.error(node, path, 13, mismatch);
        }
        for component in place.given.all_tagged(self.demands.sent_as(Role::Buttons)) {
            let index = self.index(component);
            if !index.and_then(|index| codes.get(index)).is_some_and(|is_code| *is_code) {
                continue;
            }
            if let Some((node, found)) = value(component)
                && found != code
            {
                let path = component.path.member(sent.parameters).item(0).member(sent.text);
                let mismatch = self.mismatch(MismatchKind::CodesDiffer);
                self.error(node, path, 13, mismatch);
            }
        }
    }
}

/// The buttons with their indexes, as a note shows them. No more of them than a note has room for.
fn listed(layout: &Layout) -> String {
    let mut list = String::new();
    for (index, button) in layout.buttons.iter().enumerate() {
        let separator = if index == 0 { "" } else { "; " };
        let says = button.kind.map_or(button.name.as_str(), |kind| kind.says);
        let _ = write!(list, "{separator}{index} is {says}");
        if let Some(text) = &button.text {
            let _ = write!(list, " \"{text}\"");
        }
        if let Some(words) = &button.words {
            let _ = write!(list, " {}", words.text());
        }
        if list.len() > LISTED_AT_MOST {
            break;
        }
    }
    list
}

/// Behind how many bytes no further button is listed. A note shows fewer characters.
const LISTED_AT_MOST: usize = 4 * QUOTED_AT_MOST;
