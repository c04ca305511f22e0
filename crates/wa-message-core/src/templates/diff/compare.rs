//! Compares a template with what became of it.

use std::collections::{BTreeMap, BTreeSet};

use wa_message_rules::{
    definition::{Button, Definition as Found, Layout, Part, Words},
    json::Json,
};
use wa_message_spec::templates::DEMANDS;

use super::{ButtonShape, ChangeKind, ChangedText, Definition, normal};

/// What is found of a template in a language.
pub(super) struct Comparison {
    kinds: Vec<ChangeKind>,
}

impl Comparison {
    pub(super) fn of(old: Definition<'_>, new: Definition<'_>) -> Self {
        let mut this = Self { kinds: Vec::new() };
        let (before, now) = (old.definition(), new.definition());
        if before.is_named() != now.is_named() && has_variables(before) && has_variables(now) {
            this.kinds.push(ChangeKind::Naming { is_named: now.is_named() });
        }
        this.layouts(before.layout(), now.layout(), None, now.is_named());
        this.cards(before, now);
        this.components(before, now);
        let is_explained = !this.kinds.is_empty();
        this.members(old, new, is_explained);
        this
    }

    pub(super) fn into_kinds(self) -> Vec<ChangeKind> {
        self.kinds
    }

    fn layouts(&mut self, before: &Layout, now: &Layout, card: Option<usize>, is_named: bool) {
        let takes = |layout: &Layout| layout.header()?.takes().map(|format| format.says);
        let (filled, fills) = (takes(before), takes(now));
        if filled != fills {
            self.kinds.push(ChangeKind::Header { card, before: filled, now: fills });
        }
        let header = |layout: &Layout| layout.header().and_then(|header| header.words().cloned());
        let (of, was, is) = (ChangedText::Header { card }, header(before), header(now));
        if filled.is_some() && fills.is_some() {
            self.variables(of, was.as_ref(), is.as_ref(), is_named);
        }
        self.wording(of, text(was.as_ref()), text(is.as_ref()));
        let of = ChangedText::Body { card };
        self.variables(of, before.body(), now.body(), is_named);
        self.wording(of, text(before.body()), text(now.body()));
        self.wording(ChangedText::Footer { card }, before.footer(), now.footer());
        self.buttons(before.buttons(), now.buttons(), card);
    }

    /// Variables with numbers differ by how many there are, and those with names by their names.
    fn variables(
        &mut self,
        of: ChangedText,
        before: Option<&Words>,
        now: Option<&Words>,
        is_named: bool,
    ) {
        let names = |words: Option<&Words>| -> Vec<String> {
            words.into_iter().flat_map(Words::names).map(str::to_owned).collect()
        };
        let (before, now) = (names(before), names(now));
        let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
        let differ = if is_named { set(&before) != set(&now) } else { before.len() != now.len() };
        if differ {
            self.kinds.push(ChangeKind::Variables { of, before, now, is_named });
        }
    }

    fn wording(&mut self, of: ChangedText, before: Option<&str>, now: Option<&str>) {
        if before != now {
            self.kinds.push(ChangeKind::Wording { of });
        }
    }

    fn buttons(&mut self, before: &[Button], now: &[Button], card: Option<usize>) {
        for index in 0..before.len().max(now.len()) {
            let (was, is) = (before.get(index), now.get(index));
            let (before, now) = (was.map(shape), is.map(shape));
            if before == now {
                let of = ChangedText::Button { card, index };
                let shown = |button: Option<&Button>| {
                    let button = button?;
                    Some((button.text().map(str::to_owned), button.words().cloned()))
                };
                if shown(was) != shown(is) {
                    self.kinds.push(ChangeKind::Wording { of });
                }
            } else {
                self.kinds.push(ChangeKind::Button { card, index, before, now });
            }
        }
    }

    fn cards(&mut self, before: &Found, now: &Found) {
        let (was, is) = (before.cards(), now.cards());
        let (had, has) = (was.map(<[Layout]>::len), is.map(<[Layout]>::len));
        let is_free = |cards: Option<&[Layout]>| {
            let first = cards.and_then(|cards| cards.first()?.header()?.format());
            first.is_some_and(|format| format.any_number)
        };
        if had != has && !(is_free(was) && is_free(is)) {
            self.kinds.push(ChangeKind::Cards { before: had, now: has });
        }
        let both = was.unwrap_or_default().iter().zip(is.unwrap_or_default()).enumerate();
        for (card, (was, is)) in both {
            self.layouts(was, is, Some(card), now.is_named());
        }
    }

    fn components(&mut self, before: &Found, now: &Found) {
        let parts = before.parts().iter().chain(now.parts());
        let mut seen = BTreeSet::new();
        for part in parts.filter(|part| seen.insert(part.sent_as())) {
            let need = |definition: &Found| {
                let mut parts = definition.parts().iter();
                parts.find(|known| known.sent_as() == part.sent_as()).map(Part::is_needed)
            };
            let (before, now) = (need(before), need(now));
            if before != now {
                self.kinds.push(ChangeKind::Component { says: part.says(), before, now });
            }
        }
    }

    /// What the members say of which no part tells.
    fn members(&mut self, old: Definition<'_>, new: Definition<'_>, is_explained: bool) {
        let members = &DEMANDS.members;
        let owned = |value: Option<&str>| value.map(str::to_owned);
        // Files and answers write these in any case.
        let is_same = |old: Option<&str>, new: Option<&str>| match (old, new) {
            (Some(old), Some(new)) => old.eq_ignore_ascii_case(new),
            (old, new) => old == new,
        };
        if !is_same(old.status(), new.status()) {
            let (before, now) = (owned(old.status()), owned(new.status()));
            self.kinds.push(ChangeKind::Status { before, now });
        }
        if !is_same(old.category(), new.category()) {
            let (before, now) = (owned(old.category()), owned(new.category()));
            self.kinds.push(ChangeKind::Category { before, now });
        }
        let told = [
            members.name,
            members.language,
            members.status,
            members.category,
            members.parameter_format.0,
        ];
        let (was, is) = (named(old), named(new));
        let names: BTreeSet<_> = was.keys().chain(is.keys()).copied().collect();
        for name in names.into_iter().filter(|name| !told.contains(name)) {
            let value = |of: &BTreeMap<&str, Json<'_>>| normal::same(name, of.get(name).copied());
            let is_told = normal::is_left_out(name) || name == members.components && is_explained;
            // A file does not have the quality.
            let is_quality =
                name == normal::QUALITY && [&was, &is].iter().all(|of| of.contains_key(name));
            if (is_told && !is_quality) || value(&was) == value(&is) {
                continue;
            }
            let other = ChangeKind::Other { member: name.to_owned() };
            self.kinds.push(if is_quality { ChangeKind::Quality } else { other });
        }
    }
}

/// The members of a definition by their names. Of those with one name the last counts.
fn named(template: Definition<'_>) -> BTreeMap<&str, Json<'_>> {
    template.json_value().members().into_iter().flatten().collect()
}

fn text(words: Option<&Words>) -> Option<&str> {
    words.map(Words::text)
}

fn shape(button: &Button) -> ButtonShape {
    let says = button.kind().map_or(button.name(), |kind| kind.says).to_owned();
    ButtonShape { says, is_needed: button.is_needed(), is_fillable: button.is_fillable() }
}

fn has_variables(definition: &Found) -> bool {
    let layouts =
        std::iter::once(definition.layout()).chain(definition.cards().into_iter().flatten());
    let mut words = layouts.flat_map(|layout| {
        let header = layout.header().and_then(|header| header.words());
        header.into_iter().chain(layout.body())
    });
    words.any(|words| !words.variables().is_empty())
}
