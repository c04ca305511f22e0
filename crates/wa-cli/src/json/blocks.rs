//! Blocks of a template in an object or an array: what stands in them is there on a condition.

use std::ops::Range;

use super::tag::Tag;

/// How many blocks that are open are looked through for the one that a tag closes.
const LOOKED_THROUGH: usize = 64;

/// The tags of one object or array.
#[derive(Debug, Default)]
pub(super) struct Blocks<'t> {
    open: Vec<Open<'t>>,
    /// The members that lie in blocks, by their numbers behind the first tag.
    inside: Vec<Range<usize>>,
    /// How many members came behind the first tag.
    pub(super) count: usize,
    /// Whether there may be more than what is written.
    pub(super) is_open: bool,
    /// Whether blocks begin or end elsewhere, so that everything is there on a condition.
    pub(super) is_crossed: bool,
    /// Whether a tag stands directly before what comes next.
    pub(super) is_behind: bool,
}

#[derive(Debug)]
struct Open<'t> {
    name: &'t str,
    is_block: bool,
    from: usize,
}

/// Where blocks are before a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    depth: usize,
    is_open: bool,
}

impl<'t> Blocks<'t> {
    /// Takes a tag that is not a value.
    pub(super) fn take(&mut self, tag: Tag<'t>) {
        if tag == Tag::Nothing {
            return;
        }
        self.is_open = true;
        self.is_behind = true;
        match tag {
            _ if self.is_crossed => {}
            Tag::Opens { name, is_block } => {
                self.open.push(Open { name, is_block, from: self.count });
            }
            Tag::Closes(name) => self.close(name),
            Tag::Between => self.is_crossed = self.open.is_empty(),
            Tag::Nothing | Tag::Value | Tag::Alone => {}
        }
    }

    fn close(&mut self, name: &str) {
        let least = self.open.len().saturating_sub(LOOKED_THROUGH);
        let found = self.open[least..].iter().rposition(|open| Tag::fits(name, open.name));
        let Some(at) = found else {
            self.is_crossed = true;
            return;
        };
        let mut from = self.open[least + at].from;
        self.open.truncate(least + at);
        while let Some(last) = self.inside.last() {
            if last.end <= from {
                break;
            }
            from = from.min(last.start);
            self.inside.pop();
        }
        self.inside.push(from..self.count);
    }

    /// Where the blocks are before a value.
    pub(super) fn before(&self) -> Before {
        Before { depth: self.open.len(), is_open: self.is_open }
    }

    /// Whether a block was opened that is open still.
    pub(super) fn is_inside(&self, before: Before) -> bool {
        self.open.len() > before.depth
    }

    /// Behind a value: what was opened for it alone, and is closed, says nothing of what is around it.
    pub(super) fn behind(&mut self, before: Before) {
        if self.open.len() == before.depth && !self.is_crossed {
            self.is_open = before.is_open;
        }
    }

    /// Everything was read.
    pub(super) fn end(&mut self) {
        self.is_crossed |= self.open.iter().any(|open| open.is_block);
    }

    /// Says of each member behind the first tag, in their order, whether it is there on a condition.
    pub(super) fn conditions(&self) -> impl Iterator<Item = bool> + '_ {
        let mut next = 0;
        (0..self.count).map(move |at| {
            while self.inside.get(next).is_some_and(|inside| inside.end <= at) {
                next += 1;
            }
            self.is_crossed || self.inside.get(next).is_some_and(|inside| inside.contains(&at))
        })
    }
}
