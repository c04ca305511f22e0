//! The events in a request, one after the other.

mod around;
mod contacts;
mod macros;

use std::borrow::Cow;

use crate::{
    Event, Item, Raw, What, Why,
    event::{Faults, Place},
    generated::events::{CHANGE, EntryHead, LISTS, around},
    item::Whole,
    json::{Name, Node, Tape},
    read::{Listed, Misfit, Names, Take as _, tagged},
    types::{Change, ConversationContext, Metadata},
};
use around::{Left, entries, faults, left_out, short, unknown_arrays, within};
use contacts::Contacts;

pub(crate) use crate::event::Beside;
pub(crate) use macros::{events, identity, person_of};

/// How long what each event gets of its surroundings may be, so that a thousand events are no more than a thousand
/// times as much. Ids and numbers have a hundredth of it.
const AROUND_AT_MOST: usize = 4096;

/// The way into a union of objects with an array each.
pub(crate) struct Level {
    pub(crate) tag: Name,
    pub(crate) default: Option<&'static str>,
    /// The words of the tag, the name of the array, and whether it has to be there.
    pub(crate) arms: &'static [(&'static [&'static str], Name, bool)],
}

/// What stands around the events of a value.
pub(crate) struct Around<'a> {
    pub(crate) field: &'static str,
    pub(crate) number: Option<Metadata<'a>>,
    pub(crate) conversation: Option<ConversationContext<'a>>,
    pub(crate) contacts: Listed,
    pub(crate) lists: [(Listed, Option<Kind>, &'static str); LISTS],
    pub(crate) beside: Beside,
    /// The names that are known, if there are others.
    pub(crate) others: Option<&'static Names>,
}

pub(crate) use crate::generated::events::Kind;

/// What happened, one after the other. [`Webhook::events`](crate::Webhook::events) makes it.
#[derive(Debug)]
pub struct Events<'a> {
    tape: Tape<'a>,
    /// The entries that are left.
    entries: Left,
    account: Cow<'a, str>,
    time: Option<i64>,
    /// The changes of the entry that are left.
    changes: Left,
    value: Option<Value<'a>>,
    /// What is said of the request as a whole.
    whole: Option<Box<What<'a>>>,
    /// What was left out around the next event.
    left_out: Vec<Why>,
}

/// What is odd in a value.
#[derive(Debug, Default)]
struct Odd {
    /// What stands in the place of an array, by number.
    no_lists: Vec<(u32, &'static str)>,
    /// The arrays that are not known, by the numbers of their names, the first one last.
    others: Vec<u32>,
}

/// The value whose events are being read.
#[derive(Debug)]
struct Value<'a> {
    field: &'static str,
    number: Option<Metadata<'a>>,
    conversation: Option<ConversationContext<'a>>,
    contacts: Contacts<'a>,
    lists: [(Left, Option<Kind>, &'static str); LISTS],
    beside: Beside,
    /// What nearly no value has.
    odd: Option<Box<Odd>>,
    /// The whole change, as long as it has no event.
    change: Option<u32>,
}

impl<'a> Events<'a> {
    pub(crate) fn new(tape: Tape<'a>) -> Self {
        let (entries, whole) = match entries(&tape) {
            Ok(entries) => (entries, None),
            Err(whole) => (Left::default(), Some(whole)),
        };
        let (account, changes) = (Cow::Borrowed(""), Left::default());
        let left_out = Vec::new();
        Self { tape, entries, account, time: None, changes, value: None, whole, left_out }
    }

    /// The next event of the value that is being read.
    fn next_item(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        for at in 0..LISTS {
            let Some((left, Some(kind), list)) = value.lists.get_mut(at) else { continue };
            let (kind, list) = (*kind, *list);
            let Some(node) = left.next(&self.tape) else { continue };
            value.change = None;
            // What happened is read in its place, because it is large.
            let mut event = Event {
                account: self.account.clone(),
                time: self.time,
                number: None,
                contact: None,
                conversation: value.conversation.take(),
                what: kind.blank(),
                raw: raw(node),
                place: Place::Item { field: value.field, list, beside: value.beside },
                left_out: Faults::default(),
            };
            kind.read(node, &mut event.what);
            event.left_out = faults(&mut self.left_out, &self.tape, node);
            let person = event.what.person();
            // What the last event is given, nobody else is.
            let is_last =
                value.odd.is_none() && value.lists.iter().all(|(left, ..)| left.is_empty());
            (event.contact, event.number) = if is_last {
                (person.and_then(|person| value.contacts.take(person)), value.number.take())
            } else {
                let contact = person.and_then(|person| value.contacts.find(person));
                (contact.cloned(), value.number.clone())
            };
            return Some(event);
        }
        let event = match value.odd {
            Some(_) => self.next_no_list().or_else(|| self.next_other()),
            None => None,
        };
        let event = match event {
            Some(event) => event,
            None => self.end_value()?,
        };
        Some(self.with_left_out(event))
    }

    /// Ends the value that is being read. A change without events is none that is known.
    fn end_value(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        let (field, number) = (value.field, value.number.take());
        let (conversation, change) = (value.conversation.take(), value.change.take());
        self.value = None;
        let node = self.tape.node(change?);
        let what = What::Unknown { name: Cow::Borrowed(""), raw: raw(node) };
        let event = self.event(what, Place::Change(Cow::Borrowed(field)));
        Some(Event { number, conversation, ..event })
    }

    /// What stands in the place of the next array of events and is none. Nothing is known of it but that it must not be lost.
    fn next_no_list(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        let (number, list) = value.odd.as_mut()?.no_lists.pop()?;
        value.change = None;
        let (field, beside, number_of) = (value.field, value.beside, value.number.clone());
        let conversation = value.conversation.take();
        let node = self.tape.node(number);
        let list = Cow::Borrowed(list);
        let what = invalid(list.clone(), node, Misfit::kind(node, "an array"));
        let event = self.event(what, Place::List { field, list, beside });
        Some(Event { number: number_of, conversation, ..event })
    }

    /// The next array of the value that is not known. It may be news, and must not be lost.
    fn next_other(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        let at = value.odd.as_mut()?.others.pop()?;
        let (name, list) = (self.tape.key(at), self.tape.node(at + 1));
        value.change = None;
        let (field, beside, number) = (value.field, value.beside, value.number.clone());
        let conversation = value.conversation.take();
        let what = What::Unknown { name: name.name(), raw: raw(list) };
        let event = self.event(what, Place::List { field, list: name.name(), beside });
        Some(Event { number, conversation, ..event })
    }

    /// Begins with the change of this number, or returns it as a whole.
    fn begin_change(&mut self, number: u32) -> Option<Event<'a>> {
        let node = self.tape.node(number);
        let (field, inside) = tagged(node, &CHANGE);
        if let Some(mut read) = around(field.as_deref(), node, inside) {
            let value = inside.map(|value| value.number());
            let misfit = match &mut read {
                Ok(around) => match within(around, node) {
                    Ok(()) => {
                        self.begin_value(around, value, number);
                        None
                    }
                    Err(misfit) => Some(misfit),
                },
                Err(misfit) => Some(*misfit),
            };
            if self.tape.has_left_out() {
                self.left_out.extend(left_out(&self.tape, self.tape.node(number)));
            }
            // Nothing is handed on where there is no event yet: it would be as large.
            return match misfit {
                None => None,
                Some(misfit) => Some(self.invalid(field, self.tape.node(number), misfit)),
            };
        }
        let mut item = Item::<Change<'a>>::default();
        Change::read(&mut item, node);
        let (name, number) = match &item {
            Item::Known(change) => (Cow::Borrowed(change.name()), change.number().cloned()),
            _ => (field.unwrap_or_default(), None),
        };
        let what = what_of(item, |change| What::Change(Box::new(change)));
        let event = self.event(what, Place::Change(name));
        let left_out = faults(&mut Vec::new(), &self.tape, node);
        Some(Event { number, raw: raw(node), left_out, ..event })
    }

    /// Begins with the value of a change that has this number.
    fn begin_value(&mut self, around: &mut Around<'a>, value: Option<u32>, change: u32) {
        let Around { field, contacts, lists, beside, others, .. } = *around;
        if let Some(misfit) = contacts.misfit(&self.tape) {
            self.tape.root().left_out(misfit);
        }
        let mut contacts_left = Left::of(&self.tape, contacts);
        let contacts = std::iter::from_fn(|| contacts_left.next(&self.tape));
        let contacts = contacts.filter(|contact| contact.length() <= AROUND_AT_MOST);
        let contacts = Contacts::of(contacts);
        let others = others.zip(value);
        let others = others
            .map(|(names, value)| unknown_arrays(&self.tape, self.tape.node(value), names))
            .filter(|others| !others.is_empty());
        let mut odd = others.map(|others| Box::new(Odd { others, no_lists: Vec::new() }));
        for (list, _, name) in &lists {
            if let Listed::Other(number) = list {
                odd.get_or_insert_default().no_lists.push((*number, name));
            }
        }
        let lists = lists.map(|(list, kind, name)| (Left::of(&self.tape, list), kind, name));
        let change = Some(change);
        let (number, conversation) = (around.number.take(), around.conversation.take());
        self.value =
            Some(Value { field, number, conversation, contacts, lists, beside, odd, change });
    }

    /// Begins with the entry of this number, or returns it as a whole.
    fn begin_entry(&mut self, number: u32) -> Option<Event<'a>> {
        let node = self.tape.node(number);
        let mut head = EntryHead::default();
        let read = head.take(node).map(|()| head.parts()).and_then(|(account, time, changes)| {
            short(&account, node)?;
            changes.misfit(&self.tape).map_or(Ok((account, time, changes)), Err)
        });
        if self.tape.has_left_out() {
            self.left_out = left_out(&self.tape, node);
        }
        match read {
            Ok((account, time, changes)) => {
                (self.account, self.time) = (account, time);
                self.changes = Left::of(&self.tape, changes);
                None
            }
            Err(misfit) => {
                (self.account, self.time) = (Cow::Borrowed(""), None);
                let event = self.invalid(None, node, misfit);
                Some(Event { place: Place::Entry, ..event })
            }
        }
    }

    fn invalid(&self, name: Option<Cow<'a, str>>, node: Node<'_, 'a>, misfit: Misfit) -> Event<'a> {
        let name = name.unwrap_or_default();
        let place = Place::Change(name.clone());
        self.event(invalid(name, node, misfit), place)
    }

    /// Adds what was left out around it.
    fn with_left_out(&mut self, event: Event<'a>) -> Event<'a> {
        if self.left_out.is_empty() {
            return event;
        }
        let mut left_out = std::mem::take(&mut self.left_out);
        left_out.extend_from_slice(event.left_out());
        Event { left_out: Faults::new(left_out), ..event }
    }

    fn event(&self, what: What<'a>, place: Place<'a>) -> Event<'a> {
        let (account, time) = (self.account.clone(), self.time);
        let (number, contact, conversation) = (None, None, None);
        let (raw, left_out) = (Raw::default(), Faults::default());
        Event { account, time, number, contact, conversation, what, raw, place, left_out }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(what) = self.whole.take() {
            return Some(self.event(*what, Place::Request));
        }
        loop {
            if let Some(event) = self.next_item() {
                return Some(event);
            }
            let change = self.changes.next(&self.tape).map(|node| node.number());
            let event = if let Some(change) = change {
                self.begin_change(change)
            } else {
                let entry = self.entries.next(&self.tape)?.number();
                self.begin_entry(entry)
            };
            if let Some(event) = event {
                return Some(self.with_left_out(event));
            }
        }
    }
}

impl std::iter::FusedIterator for Events<'_> {}

fn raw<'a>(node: Node<'_, 'a>) -> Raw<'a> {
    Raw(Cow::Borrowed(node.json()))
}

#[cold]
pub(crate) fn invalid<'a>(name: Cow<'a, str>, node: Node<'_, 'a>, misfit: Misfit) -> What<'a> {
    What::Invalid { name, why: Why::new(node, misfit), raw: raw(node) }
}

fn what_of<'a, T>(item: Item<'a, T>, known: impl FnOnce(T) -> What<'a>) -> What<'a> {
    match item {
        Item::Known(item) => known(item),
        Item::Unknown { name, raw } => What::Unknown { name, raw },
        Item::Invalid { name, why, raw } => What::Invalid { name, why, raw },
    }
}
