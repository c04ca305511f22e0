//! The people of a value, found by what events say of them.

use std::cmp::Ordering;

use crate::{Person, json::Node, read::Take as _, types::WebhookContact};

/// From how many people on they are sorted. Nearly always there is one.
const SORTED_FROM: usize = 8;

/// The people of a value.
#[derive(Debug, Default)]
pub(super) struct Contacts<'a> {
    /// The only one. Nearly always that is all.
    only: Option<WebhookContact<'a>>,
    /// All of them, if there are several.
    several: Option<Box<Several<'a>>>,
}

/// More people than one.
#[derive(Debug, Default)]
struct Several<'a> {
    people: Vec<WebhookContact<'a>>,
    /// Their positions, in the order of their user ids, and of their numbers.
    sorted: Option<[Vec<usize>; 2]>,
}

/// What somebody is found by.
const BY: [fn(Person<'_>) -> Option<&str>; 2] =
    [|person| person_user_id(person), |person| person_number(person)];

fn person_user_id(person: Person<'_>) -> Option<&str> {
    person.user_id()
}

fn person_number(person: Person<'_>) -> Option<&str> {
    person.number()
}

impl<'a> Contacts<'a> {
    pub(super) fn of<'t>(nodes: impl Iterator<Item = Node<'t, 'a>>) -> Self
    where
        'a: 't,
    {
        let mut contacts = Self::default();
        for node in nodes {
            if let Some(before) = contacts.only.take() {
                contacts.several.get_or_insert_default().people.push(before);
            }
            // In its place, where it need not be moved to.
            let contact = contacts.only.insert(WebhookContact::default());
            if let Err(misfit) = contact.take(node) {
                contacts.only = None;
                node.left_out(misfit);
            }
        }
        if let Some(several) = &mut contacts.several {
            several.people.extend(contacts.only.take());
            several.sort();
        }
        contacts
    }

    /// Finds somebody by user id, or else by number.
    pub(super) fn find(&self, person: Person<'_>) -> Option<&WebhookContact<'a>> {
        match &self.several {
            None => self.only.as_ref().filter(|contact| is(contact, person)),
            Some(several) => several.people.get(several.position(person)?),
        }
    }

    /// Takes somebody away, after which nobody is found any more.
    pub(super) fn take(&mut self, person: Person<'_>) -> Option<WebhookContact<'a>> {
        match &mut self.several {
            None => self.only.take_if(|contact| is(contact, person)),
            Some(several) => {
                let at = several.position(person)?;
                several.sorted = None;
                Some(several.people.swap_remove(at))
            }
        }
    }
}

/// Whether somebody is found by this.
fn is(contact: &WebhookContact<'_>, person: Person<'_>) -> bool {
    BY.iter().any(|by| by(person).is_some_and(|wanted| by(contact.person()) == Some(wanted)))
}

impl Several<'_> {
    fn sort(&mut self) {
        let people = &self.people;
        self.sorted = (people.len() >= SORTED_FROM).then(|| {
            BY.map(|by| {
                let mut positions: Vec<_> = (0..people.len()).collect();
                // Of two that are alike, the first one is found.
                positions.sort_by_key(|at| people.get(*at).map(|person| by(person.person())));
                positions
            })
        });
    }

    fn position(&self, person: Person<'_>) -> Option<usize> {
        (0..BY.len()).find_map(|number| self.position_by(number, person))
    }

    fn position_by(&self, number: usize, person: Person<'_>) -> Option<usize> {
        let by = BY[number];
        let wanted = by(person)?;
        let of = |contact: &WebhookContact<'_>| by(contact.person()).map(|found| found.cmp(wanted));
        let Some(sorted) = &self.sorted else {
            let is = |contact: &WebhookContact<'_>| of(contact).is_some_and(Ordering::is_eq);
            return self.people.iter().position(is);
        };
        let is_before = |at: &usize| {
            // Those without are sorted to the front.
            self.people.get(*at).and_then(of).is_none_or(Ordering::is_lt)
        };
        let at = *sorted[number].get(sorted[number].partition_point(is_before))?;
        self.people.get(at).filter(|contact| of(contact).is_some_and(Ordering::is_eq)).map(|_| at)
    }
}
