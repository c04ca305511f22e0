//! Headers and bodies: as many values as there are variables, by name where they have names.

use super::{
    Checker, Place,
    given::{Component, Items, is_given, text_at},
};
use crate::{
    definition::{
        layout::Header,
        mismatch::{MismatchKind, Of, Text},
        table::{Format, Role},
        variables::Words,
    },
    node::{Item, Node, Path},
    suggest::nearest,
};

impl<'a, N: Node<'a>> Checker<'_, N> {
    pub(super) fn header(&mut self, place: &Place<'_, N>) {
        let card = place.card;
        let given = place.given.tagged(self.demands.sent_as(Role::Header));
        let header = place.layout.header.as_ref();
        if header.is_some_and(Header::is_unknown) || self.is_uncertain(header.is_none()) {
            return;
        }
        let takes = header.and_then(Header::takes);
        match (takes, given) {
            (None, None) => {}
            (None, Some(component)) => {
                let kind = MismatchKind::HeaderNotTaken { card, has_header: header.is_some() };
                let text = header.and_then(Header::words).map_or("", Words::text);
                let mismatch = self.mismatch(kind).quoting(text);
                self.error(component.node, component.path.clone(), 4, mismatch);
            }
            (Some(_), None) if place.given.is_open => {}
            (Some(format), None) => {
                let words = header.and_then(Header::words);
                let kind = MismatchKind::HeaderNeeded { card, says: format.says };
                let mismatch = self.mismatch(kind).quoting(words.map_or("", Words::text));
                let mismatch = mismatch.write(self.written_header(format, words));
                self.error(place.at, place.path.clone(), 4, mismatch);
            }
            (Some(format), Some(component)) => self.filled_header(place, header, format, component),
        }
    }

    /// Whether what is not known of a definition may be what is looked for.
    fn is_uncertain(&self, is_absent: bool) -> bool {
        is_absent && self.definition.has_unknown
    }

    fn written_header(&self, format: &Format, words: Option<&Words>) -> String {
        let name = words.and_then(|words| words.names().next());
        match name.filter(|_| format.by_variable) {
            Some(name) if self.definition.is_named => format!("header: {{ {name}: .. }}"),
            Some(_) => "header: ..".to_owned(),
            None => format!("header: {{ {}: .. }}", format.takes),
        }
    }

    fn filled_header(
        &mut self,
        place: &Place<'_, N>,
        header: Option<&Header>,
        format: &'static Format,
        component: &Component<N>,
    ) {
        let sent = &self.demands.sent;
        let Items::All(items) = Items::of(component.node, sent.parameters) else { return };
        let Some(first) = items.first() else { return };
        let words = header.and_then(Header::words);
        let path = component.path.member(sent.parameters);
        let Some((_, tag)) = text_at(first.node, sent.tag) else { return };
        if !tag.eq_ignore_ascii_case(format.takes) {
            let found = crate::shown(&tag).into_owned();
            let kind = MismatchKind::HeaderKind { card: place.card, wanted: format.says, found };
            let mismatch = self.mismatch(kind).quoting(words.map_or("", Words::text));
            let mismatch = mismatch.write(self.written_header(format, words));
            return self.error(first.node, path.item(0), 4, mismatch);
        }
        if let Some(words) = words.filter(|_| format.by_variable) {
            let of = Of { part: Text::Header, card: place.card };
            self.names(of, words, &items, component, false);
            self.length(of, words, &items, format.most, (component.node, &component.path));
        }
    }

    pub(super) fn body(&mut self, place: &Place<'_, N>) {
        let (sent, card) = (&self.demands.sent, place.card);
        let of = Of { part: Text::Body, card };
        let given = place.given.tagged(self.demands.sent_as(Role::Body));
        if self.is_uncertain(place.layout.body.is_none()) {
            return;
        }
        let none = Words::new("");
        let words = place.layout.body.as_ref().unwrap_or(&none);
        let items = match given.map(|component| Items::of(component.node, sent.parameters)) {
            Some(Items::Open) => return,
            None if place.given.is_open => return,
            None | Some(Items::None) => Vec::new(),
            Some(Items::All(items)) => items,
        };
        let at = given.map_or((place.at, &place.path), |given| (given.node, &given.path));
        if self.definition.is_named && !words.variables().is_empty() {
            match given.filter(|_| !items.is_empty()) {
                Some(component) => self.names(of, words, &items, component, true),
                None => self.missing(of, words, words.names().map(str::to_owned).collect(), at),
            }
        } else {
            self.count(of, words, &items, at);
            if let Some(component) = given.filter(|_| !words.variables().is_empty()) {
                self.names(of, words, &items, component, false);
            }
        }
        let bodies = self.demands.components.iter().find(|kind| kind.role == Role::Body);
        let most = bodies.and_then(|kind| {
            card.and(kind.most_in_card).or(if card.is_none() { kind.most } else { None })
        });
        self.length(of, words, &items, most, at);
    }

    /// As many values as there are variables.
    fn count(&mut self, of: Of, words: &Words, items: &[Item<N>], (at, path): (N, &Path)) {
        let wanted = words.variables().len();
        let (certain, maybe, is_endless) = Items::count(items);
        let too_many = certain > wanted;
        let too_few = !is_endless && certain + maybe < wanted;
        if !too_many && !too_few {
            return;
        }
        let found = if too_many { certain } else { certain + maybe };
        let at_least = too_many && (maybe > 0 || is_endless);
        let kind = MismatchKind::Count { of, wanted, found, at_least };
        let mismatch = self.mismatch(kind).quoting(words.text());
        let mismatch = if wanted > 0 && found == 0 {
            mismatch.write(written(words, self.definition.is_named))
        } else {
            mismatch
        };
        self.error(at, path.clone(), 6, mismatch);
    }

    /// Names where variables have them, and none where they have numbers. `all` says that every variable needs a
    /// value here.
    fn names(
        &mut self,
        of: Of,
        words: &Words,
        items: &[Item<N>],
        component: &Component<N>,
        all: bool,
    ) {
        let sent = &self.demands.sent;
        let path = component.path.member(sent.parameters);
        let mut is_filled = vec![false; words.variables().len()];
        let mut slips = 0;
        let mut is_open = false;
        for (index, item) in items.iter().enumerate() {
            is_open |= item.count != crate::Count::Once;
            let named = item.node.member(sent.parameter_name);
            let is_text = item.node.text_of(sent.tag).is_some();
            if !is_text {
                is_open = true;
            } else if !self.definition.is_named {
                if is_given(named) {
                    let mismatch =
                        self.mismatch(MismatchKind::NoNames { of }).quoting(words.text());
                    let mismatch = mismatch.write(written(words, false));
                    self.error(item.node, path.item(index), 8, mismatch);
                    return;
                }
            } else if named.is_none() && item.node.is_partial() {
                is_open = true;
            } else if !is_given(named) {
                let mismatch =
                    self.mismatch(MismatchKind::NamesNeeded { of }).quoting(words.text());
                let mismatch = mismatch.write(written(words, true));
                self.error(item.node, path.item(index), 8, mismatch);
                return;
            } else if let Some((_, name)) = text_at(item.node, sent.parameter_name) {
                if let Some(variable) = words.position(&name) {
                    is_filled[variable] = true;
                } else {
                    slips += 1;
                    self.unknown(of, words, &name, (item.node, path.item(index)));
                }
            } else {
                is_open = true;
            }
        }
        let lacking = words.names().zip(&is_filled).filter(|(_, is_filled)| !**is_filled);
        let lacking: Vec<_> = lacking.map(|(name, _)| name.to_owned()).collect();
        // A slip of a name is one mistake and not two.
        if self.definition.is_named && all && !is_open && lacking.len() > slips {
            self.missing(of, words, lacking, (component.node, &component.path));
        }
    }

    fn unknown(&mut self, of: Of, words: &Words, name: &str, (at, path): (N, Path)) {
        let is_looked_for = self.found.len() < NEAR_AT_MOST;
        let near = nearest(name, words.names().filter(|_| is_looked_for)).map(str::to_owned);
        let names = words.names().filter(|_| self.is_told()).map(str::to_owned).collect();
        let name = crate::shown(name).into_owned();
        let kind = MismatchKind::VariableUnknown { of, name, near, names };
        let mismatch = self.mismatch(kind).quoting(words.text());
        self.error(at, path, 7, mismatch);
    }

    fn missing(&mut self, of: Of, words: &Words, names: Vec<String>, (at, path): (N, &Path)) {
        let kind = MismatchKind::VariablesMissing { of, names };
        let mismatch = self.mismatch(kind).quoting(words.text()).write(written(words, true));
        self.error(at, path.clone(), 7, mismatch);
    }

    /// The length of a text when it is filled in, as far as values are known.
    pub(super) fn length(
        &mut self,
        of: Of,
        words: &Words,
        items: &[Item<N>],
        most: Option<usize>,
        (at, path): (N, &Path),
    ) {
        let sent = &self.demands.sent;
        let Some(max) = most else { return };
        let mut length = words.fixed();
        for (position, item) in items.iter().enumerate() {
            if item.count != crate::Count::Once {
                break;
            }
            let Some((_, text)) = text_at(item.node, sent.text) else { continue };
            let name = text_at(item.node, sent.parameter_name).map(|(_, name)| name);
            let position = name.map_or(Some(position), |name| words.position(&name));
            let variable = position.and_then(|position| words.variables().get(position));
            let uses = variable.map_or(0, |variable| variable.uses);
            length = length.saturating_add(text.chars().count().saturating_mul(uses));
        }
        if length > max {
            let kind = MismatchKind::TooLong { of, length, max };
            let mismatch = self.mismatch(kind).quoting(words.text());
            self.error(at, path.clone(), 20, mismatch);
        }
    }
}

/// After how many mistakes no near names are looked for: that takes a walk over all names.
const NEAR_AT_MOST: usize = 16;
/// How many variables are written out.
const WRITTEN_AT_MOST: usize = 24;

/// How the values of a body are written: `body: { first_name: .., order_id: .. }`.
fn written(words: &Words, is_named: bool) -> String {
    let field = |name: &str| if is_named { format!("{name}: ..") } else { "..".to_owned() };
    let mut fields: Vec<_> = words.names().take(WRITTEN_AT_MOST).map(field).collect();
    if words.variables().len() > fields.len() {
        fields.push("…".to_owned());
    }
    let fields = fields.join(", ");
    if is_named { format!("body: {{ {fields} }}") } else { format!("body: [{fields}]") }
}
