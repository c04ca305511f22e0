//! Values around events: arrays, and what is said beside them.

use std::{borrow::Cow, collections::HashMap};

use super::{AROUND_AT_MOST, Around, invalid, raw};
use crate::{
    What, Why,
    event::Faults,
    generated::events::ROOT,
    json::{Node, Tape},
    read::{Expected, Listed, Misfit, Names, is_tag, only, tag},
    write,
};

/// The items of an array that are left, by number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Left {
    pub(super) at: u32,
    pub(super) end: u32,
}

impl Left {
    pub(super) fn of(tape: &Tape<'_>, list: Listed) -> Self {
        match list {
            Listed::Array(number) => Self { at: number + 1, end: tape.node(number).next() },
            _ => Self::default(),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.at >= self.end
    }

    /// The next item that is not `null`.
    pub(super) fn next<'t, 'a>(&mut self, tape: &'t Tape<'a>) -> Option<Node<'t, 'a>> {
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

/// The arrays of a value that are not known and not empty, by the numbers of their names, the first one last. Of two with one
/// name, the last counts.
#[cold]
pub(super) fn unknown_arrays(tape: &Tape<'_>, value: Node<'_, '_>, names: &Names) -> Vec<u32> {
    let mut others = Left { at: value.number() + 1, end: value.next() };
    let mut found = HashMap::new();
    while others.at < others.end {
        let (at, list) = (others.at, tape.node(others.at + 1));
        others.at = list.next();
        let name = tape.key(at);
        if name.position(&names.all, 0).is_some() {
            continue;
        }
        let is_empty = list.next() == list.number() + 1;
        if list.kind() == b'[' && !is_empty {
            found.insert(name.name(), at);
        } else if !found.is_empty() {
            found.remove(&name.name());
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found
}

/// The entries of a request, or what is said of the whole of it.
pub(super) fn entries<'a>(tape: &Tape<'a>) -> Result<Left, Box<What<'a>>> {
    let node = tape.root();
    let name = match tag(node, &ROOT.tag) {
        Ok(name) => name.or(ROOT.default.map(Cow::Borrowed)).unwrap_or_default(),
        Err(misfit) => return Err(Box::new(invalid(Cow::Borrowed(""), node, misfit))),
    };
    let arm = ROOT.arms.iter().find(|(words, ..)| is_tag(Some(&name), words));
    let Some((_, entries, required)) = arm else {
        return Err(Box::new(What::Unknown { name, raw: raw(node) }));
    };
    let mut list = Listed::default();
    let read = only(node, entries, *required, &mut list);
    match read.and_then(|()| list.misfit(tape).map_or(Ok(()), Err)) {
        Ok(()) => Ok(Left::of(tape, list)),
        Err(misfit) => Err(Box::new(invalid(name, node, misfit))),
    }
}

/// What stands around events, if it is not so long that it would be too much for each of them.
pub(super) fn within(around: &Around<'_>, node: Node<'_, '_>) -> Result<(), Misfit> {
    // In most requests the whole value is short.
    if node.length() > AROUND_AT_MOST
        && let Some(number) = &around.number
    {
        return short(&write::json(number), node);
    }
    Ok(())
}

/// Refuses an id that is no id any more.
pub(super) fn short(text: &str, node: Node<'_, '_>) -> Result<(), Misfit> {
    const ID_AT_MOST: usize = AROUND_AT_MOST / 4;
    if text.len() <= ID_AT_MOST {
        return Ok(());
    }
    Err(Misfit { number: node.number(), expected: Expected::AtMost(ID_AT_MOST) })
}

/// What was left out around an event and of it, when it was just read.
#[inline]
pub(super) fn faults(around: &mut Vec<Why>, tape: &Tape<'_>, node: Node<'_, '_>) -> Faults {
    if !tape.has_left_out() {
        return Faults::default();
    }
    let mut all = std::mem::take(around);
    all.extend(left_out(tape, node));
    Faults::new(all)
}

/// What was left out of a change or an entry whose surroundings were just read.
pub(super) fn left_out(tape: &Tape<'_>, node: Node<'_, '_>) -> Vec<Why> {
    tape.left_out().into_iter().map(|misfit| Why::new(node, misfit)).collect()
}
