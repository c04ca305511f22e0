//! Compares rows in groups: the types of files by kind of message, and what parts of a template demand.

use super::{About, Change, facts};
use crate::face::Entry;

/// What is said of groups and rows.
pub(super) struct Words {
    /// What a group is called.
    pub(super) group: fn(&str) -> String,
    /// What became of a row that is gone.
    pub(super) lost: &'static str,
    /// What became of a row that came.
    pub(super) came: &'static str,
}

/// Of files.
pub(super) const FILES: Words = Words {
    group: |kind| format!("files of <{kind}>"),
    lost: "is no longer taken",
    came: "is taken",
};
/// Of templates.
pub(super) const TEMPLATES: Words = Words {
    group: |group| format!("{group} of templates"),
    lost: "is no longer known",
    came: "is known",
};

pub(super) fn rows(changes: &mut Vec<Change>, words: &Words, old: &[Entry], new: &[Entry]) {
    let place = |entry: &Entry| (words.group)(&entry.name);
    let lost = |old: &[Entry], new: &[Entry]| -> Vec<Entry> {
        let is_known = |entry: &&Entry| new.iter().any(|known| known.name == entry.name);
        old.iter().filter(|entry| !is_known(entry)).cloned().collect()
    };
    for (breaks, lost, what) in
        [(true, lost(old, new), "removed"), (false, lost(new, old), "added")]
    {
        for kind in lost {
            changes.push(Change::new(breaks, About::Kind, &place(&kind), what));
        }
    }
    for (old, new) in both(old, new) {
        let place = place(new);
        facts::compare(changes, &place, &old.facts, &new.facts);
        for file in lost(&old.members, &new.members) {
            let what = format!("`{}` {}", file.name, words.lost);
            changes.push(Change::new(true, About::Limit, &place, what));
        }
        for file in lost(&new.members, &old.members) {
            changes.push(Change::new(
                false,
                About::Limit,
                &place,
                format!("`{}` {}", file.name, words.came),
            ));
        }
        for (old, new) in both(&old.members, &new.members) {
            facts::compare(changes, &format!("{place}, {}", new.name), &old.facts, &new.facts);
        }
    }
}

/// Those that have a name in common.
fn both<'e>(old: &'e [Entry], new: &'e [Entry]) -> impl Iterator<Item = (&'e Entry, &'e Entry)> {
    old.iter().filter_map(|old| Some((old, new.iter().find(|new| new.name == old.name)?)))
}
