//! The events in a request, one after the other.

mod contacts;
mod macros;

use std::borrow::Cow;

use crate::{
    Event, Item, Raw, What, Why,
    event::Place,
    generated::events::{CHANGE, EntryHead, LISTS, ROOT, around},
    item::Whole,
    json::{Name, Node, Tape},
    read::{Expected, Listed, Misfit, Names, Take as _, is_tag, only, tag, tagged},
    types::{Change, ConversationContext, Metadata},
    write,
};
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
    /// The members among which may be arrays that are not known.
    others: Option<(Left, &'static Names)>,
    /// The whole change, as long as it has no event.
    change: Option<u32>,
}

/// The items of an array that are left, by number.
#[derive(Debug, Clone, Copy, Default)]
struct Left {
    at: u32,
    end: u32,
}

impl Left {
    fn of(tape: &Tape<'_>, list: Listed) -> Self {
        let node = list.0.map(|number| tape.node(number));
        node.map_or(Self::default(), |node| Self { at: node.number() + 1, end: node.next() })
    }

    fn is_empty(self) -> bool {
        self.at >= self.end
    }

    /// The next item that is not `null`.
    fn next<'t, 'a>(&mut self, tape: &'t Tape<'a>) -> Option<Node<'t, 'a>> {
        while self.at < self.end {
            let node = tape.node(self.at);
            self.at = node.next();
            if !node.is_null() {
                return Some(node);
            }
        }
        None
    }
}

impl<'a> Events<'a> {
    pub(crate) fn new(tape: Tape<'a>) -> Self {
        let (entries, whole) = match entries(tape.root()) {
            Ok(list) => (Left::of(&tape, list), None),
            Err(whole) => (Left::default(), Some(whole)),
        };
        let (account, changes) = (Cow::Borrowed(""), Left::default());
        Self { tape, entries, account, time: None, changes, value: None, whole }
    }

    /// The next event of the value that is being read.
    fn next_item(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        for at in 0..LISTS {
            let Some((left, Some(kind), list)) = value.lists.get_mut(at) else { continue };
            let (kind, list) = (*kind, *list);
            let Some(node) = left.next(&self.tape) else { continue };
            value.change = None;
            let what = kind.read(node);
            // What the last event is given, nobody else is.
            let is_last =
                value.others.is_none() && value.lists.iter().all(|(left, ..)| left.is_empty());
            let person = what.person();
            let (contact, number) = if is_last {
                (person.and_then(|person| value.contacts.take(person)), value.number.take())
            } else {
                let contact = person.and_then(|person| value.contacts.find(person));
                (contact.cloned(), value.number.clone())
            };
            return Some(Event {
                account: self.account.clone(),
                time: self.time,
                number,
                contact,
                conversation: value.conversation.take(),
                what,
                raw: raw(node),
                place: Place::Item { field: value.field, list, beside: value.beside },
            });
        }
        if let Some(event) = self.next_other() {
            return Some(event);
        }
        let value = self.value.as_mut()?;
        // A change without events is none that is known.
        let (field, number) = (value.field, value.number.take());
        let conversation = value.conversation.take();
        let change = value.change.take();
        self.value = None;
        let node = self.tape.node(change?);
        let what = What::Unknown { name: Cow::Borrowed(""), raw: raw(node) };
        let event = self.event(what, Place::Change(Cow::Borrowed(field)));
        Some(Event { number, conversation, ..event })
    }

    /// The next array of the value that is not known. It may be news, and must not be lost.
    fn next_other(&mut self) -> Option<Event<'a>> {
        let value = self.value.as_mut()?;
        let (left, names) = value.others.as_mut()?;
        while left.at < left.end {
            let (name, list) = (self.tape.key(left.at), self.tape.node(left.at + 1));
            left.at = list.next();
            let is_empty = list.next() == list.number() + 1;
            if list.kind() != b'[' || is_empty || name.position(&names.all, 0).is_some() {
                continue;
            }
            value.change = None;
            let (field, beside, number) = (value.field, value.beside, value.number.clone());
            let conversation = value.conversation.take();
            let what = What::Unknown { name: name.name(), raw: raw(list) };
            let event = self.event(what, Place::List { field, list: name.name(), beside });
            return Some(Event { number, conversation, ..event });
        }
        None
    }

    /// Begins with the change of this number, or returns it as a whole.
    fn begin_change(&mut self, number: u32) -> Option<Event<'a>> {
        let node = self.tape.node(number);
        let (field, inside) = tagged(node, &CHANGE);
        if let Some(read) = around(field.as_deref(), node, inside) {
            let around = read.and_then(|around| within(&around, node).map(|()| around));
            return match around {
                Ok(around) => {
                    let others = around.others.and_then(|names| {
                        let inside = inside?;
                        Some((Left { at: inside.number() + 1, end: inside.next() }, names))
                    });
                    self.begin_value(around, others, number);
                    None
                }
                Err(misfit) => Some(self.invalid(field, node, misfit)),
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
        Some(Event { number, raw: raw(node), ..event })
    }

    /// Begins with the value of a change that has this number.
    fn begin_value(
        &mut self,
        around: Around<'a>,
        others: Option<(Left, &'static Names)>,
        change: u32,
    ) {
        let Around { field, number, conversation, contacts, lists, beside, .. } = around;
        let left = |list| Left::of(&self.tape, list);
        let mut contacts_left = left(contacts);
        let contacts = std::iter::from_fn(|| contacts_left.next(&self.tape));
        let contacts = contacts.filter(|contact| contact.length() <= AROUND_AT_MOST);
        let contacts = Contacts::of(contacts);
        let lists = lists.map(|(list, kind, name)| (left(list), kind, name));
        let change = Some(change);
        self.value =
            Some(Value { field, number, conversation, contacts, lists, beside, others, change });
    }

    /// Begins with the entry of this number, or returns it as a whole.
    fn begin_entry(&mut self, number: u32) -> Option<Event<'a>> {
        let node = self.tape.node(number);
        let mut head = EntryHead::default();
        let read = head.take(node).map(|()| head.parts());
        let read = read.and_then(|parts| short(&parts.0, node).map(|()| parts));
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

    fn event(&self, what: What<'a>, place: Place<'a>) -> Event<'a> {
        let (account, time) = (self.account.clone(), self.time);
        let (number, contact, conversation) = (None, None, None);
        Event { account, time, number, contact, conversation, what, raw: Raw::default(), place }
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
            if event.is_some() {
                return event;
            }
        }
    }
}

impl std::iter::FusedIterator for Events<'_> {}

/// The entries of a request, or what is said of the whole of it.
fn entries<'a>(node: Node<'_, 'a>) -> Result<Listed, Box<What<'a>>> {
    let name = match tag(node, &ROOT.tag) {
        Ok(name) => name.or(ROOT.default.map(Cow::Borrowed)).unwrap_or_default(),
        Err(misfit) => return Err(Box::new(invalid(Cow::Borrowed(""), node, misfit))),
    };
    let arm = ROOT.arms.iter().find(|(words, ..)| is_tag(Some(&name), words));
    let Some((_, entries, required)) = arm else {
        return Err(Box::new(What::Unknown { name, raw: raw(node) }));
    };
    let mut list = Listed::default();
    match only(node, entries, *required, &mut list) {
        Ok(()) => Ok(list),
        Err(misfit) => Err(Box::new(invalid(name, node, misfit))),
    }
}

/// What stands around events, if it is not so long that it would be too much for each of them.
fn within(around: &Around<'_>, node: Node<'_, '_>) -> Result<(), Misfit> {
    // In most requests the whole value is short.
    if node.length() > AROUND_AT_MOST
        && let Some(number) = &around.number
    {
        return short(&write::json(number), node);
    }
    Ok(())
}

/// Refuses an id that is no id any more.
fn short(text: &str, node: Node<'_, '_>) -> Result<(), Misfit> {
    const ID_AT_MOST: usize = AROUND_AT_MOST / 4;
    if text.len() <= ID_AT_MOST {
        return Ok(());
    }
    Err(Misfit { number: node.number(), expected: Expected::AtMost(ID_AT_MOST) })
}

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
